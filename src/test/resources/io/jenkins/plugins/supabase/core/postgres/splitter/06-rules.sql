create table r (a int, b int);
create rule all_of as on update to r do also (delete from r where a = 1; update r set b = 2; notify x);
create rule commented as on delete to r do also (
  notify a; -- );
  notify b /* ) ; */
);
