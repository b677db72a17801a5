select 1 - -1, 5/2, 4 *-- c;
 2, '{"a;":1}'::jsonb ->> 'a;', 6 /(2), array[1] @> array[1];
select ((1)), (((1) + 2) * (3)), (')'), ($$)$$), ("x;y") from (select 1 as "x;y") t;
select 3 -/* ; */ 1;
