-- What every Supabase database has before the first migration, as far as migrations and the Data API touch it.
-- Runs on a plain PostgreSQL 15, any number of times. Not part of any migration.

do $bootstrap$
declare
    role_name text;
begin
    -- Roles belong to the whole server: another database may be preparing them at this moment.
    foreach role_name in array array['anon', 'authenticated', 'service_role', 'authenticator'] loop
        begin
            execute format('create role %I noinherit nologin', role_name);
        exception
            when duplicate_object or unique_violation then null;
        end;
    end loop;
end;
$bootstrap$;

do $bootstrap$
begin
    alter role service_role bypassrls;
    grant anon, authenticated, service_role to authenticator;
exception
    when others then
        -- "tuple concurrently updated": the other database did the same.
        if sqlstate <> 'XX000' then
            raise;
        end if;
end;
$bootstrap$;

create schema if not exists extensions;
create schema if not exists auth;
create schema if not exists storage;

create table if not exists auth.users (
    id uuid primary key default gen_random_uuid(),
    email text unique,
    raw_app_meta_data jsonb not null default '{}',
    raw_user_meta_data jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create or replace function auth.jwt()
    returns jsonb
    language sql
    stable
as $$
    select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb
$$;

create or replace function auth.uid()
    returns uuid
    language sql
    stable
as $$
    select nullif(auth.jwt() ->> 'sub', '')::uuid
$$;

create or replace function auth.role()
    returns text
    language sql
    stable
as $$
    select nullif(auth.jwt() ->> 'role', '')
$$;

create table if not exists storage.buckets (
    id text primary key,
    name text not null unique,
    public boolean not null default false,
    file_size_limit bigint,
    allowed_mime_types text[],
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table if not exists storage.objects (
    id uuid primary key default gen_random_uuid(),
    bucket_id text references storage.buckets (id),
    name text not null,
    owner_id text,
    version text,
    metadata jsonb,
    user_metadata jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (bucket_id, name)
);

alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;

grant usage on schema public, extensions, auth, storage to anon, authenticated, service_role;
grant all on all tables in schema storage to anon, authenticated, service_role;
grant all on all tables in schema auth to service_role;

-- As on a hosted project: what is created in public is reachable for the API's roles unless a migration says otherwise.
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
