do $$ begin raise debug 'a;b'; end $$;
do $body$
begin
  -- ; ' $$
  execute $q$ select $$;$$ $q$;
end
$body$;
select $тег$ ; $тег$, $_1$;$_1$, $a$ $b$ ; $a$ as a$b$c;
create function add(int, int) returns int language sql as $f$ select $1 + $2; $f$;
