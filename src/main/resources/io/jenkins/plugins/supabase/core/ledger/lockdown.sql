-- Runs after every change of the schema. Default privileges of the owner (ALTER DEFAULT PRIVILEGES, as Supabase has
-- them) may have granted the new objects to others: the roles of the API get nothing, ever; anybody else only what an
-- administrator granted by hand, so nothing when the schema is created.
do $lockdown$
declare
    grantee text;
    api constant text[] := array['anon', 'authenticated', 'service_role', 'authenticator'];
    created constant boolean := (select count(*) from supabase_delivery.schema_versions) = 0;
begin
    for grantee in
        select 'public'
        union
        select pg_catalog.quote_ident(r.rolname) from pg_catalog.pg_roles r
        where r.rolname = any (api)
           or created and r.oid in (
               select a.grantee
               from (select n.nspacl as acl, n.nspowner as owner from pg_catalog.pg_namespace n
                     where n.nspname = 'supabase_delivery'
                     union all
                     select c.relacl, c.relowner from pg_catalog.pg_class c
                     where c.relnamespace = 'supabase_delivery'::regnamespace
                     union all
                     select p.proacl, p.proowner from pg_catalog.pg_proc p
                     where p.pronamespace = 'supabase_delivery'::regnamespace) o,
                    pg_catalog.aclexplode(o.acl) a
               where a.grantee <> o.owner)
    loop
        execute 'revoke all on schema supabase_delivery from ' || grantee;
        execute 'revoke all on all tables in schema supabase_delivery from ' || grantee;
        execute 'revoke all on all sequences in schema supabase_delivery from ' || grantee;
        execute 'revoke all on all routines in schema supabase_delivery from ' || grantee;
    end loop;
end;
$lockdown$;
