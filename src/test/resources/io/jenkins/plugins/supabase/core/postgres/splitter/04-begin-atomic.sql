create function a1(a int) returns int language sql
begin atomic
  select case when a > 1 then 2 else 3 end;
  -- end; comment
  select 'end;'::text;
  /* end; /* nested end; */ */ select a;
END;
CREATE FUNCTION a2() RETURNS int LANGUAGE SQL Begin
	Atomic select 1 as "end"; select 2; end;
create table atomic (atomic int);
select 'begin atomic';
