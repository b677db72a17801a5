create table s (a text default 'it''s; fine', b text default 'C:\');
insert into s values (E'it\'s; fine', e'\\'), ('two
lines; here', ''), ('', '''');
select 'first;'
  'second;', E'a\';'
  -- between; '
  'b\';' ;
select U&'\0061;\\', b'1010', x'1F', N'n;'
