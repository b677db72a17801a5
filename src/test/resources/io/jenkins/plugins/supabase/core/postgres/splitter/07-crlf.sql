create table crlf (
  id int, -- one;
  t text default 'a
;b'
);
insert into crlf values (1);

;
-- end
