-- Polls; and their "votes"
create table polls (id int); -- trailing; remark
/* block; 'with' "quotes" /* nested; */ still; */ create table votes (id int);
--; nothing
/**/;
;;
create table last (id int) -- no semicolon; at all
