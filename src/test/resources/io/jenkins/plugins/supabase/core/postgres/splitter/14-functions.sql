create or replace function vote(poll int, note text default 'a;b')
returns text language plpgsql security definer set search_path = '' as $$
declare
  v text := E'\'; ';
begin
  if poll > 0 then return v || ';'; end if;
  return $q$ ; $q$;
end;
$$;
create function quoted(int) returns text language sql as 'select '';'' || $1; -- done';
