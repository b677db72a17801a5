create table "semi;colon" ("dq""; in" int, "apo'strophe;" int, "-- no;" int, "/*" int);
comment on table "semi;colon" is 'a;b';
create view ünïcode as select 1 as тест, 'x;y' as "日本;語";
select name'a\', date'2020-01-01', U&"d\0061t;a" from (select 1 as "dat;a") x
