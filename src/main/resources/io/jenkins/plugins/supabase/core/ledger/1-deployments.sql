-- Releases, deployments and what belongs to them. See docs/ledger.md for the meaning of every column.

create schema if not exists supabase_delivery;
comment on schema supabase_delivery is
    'The ledger of Supabase Delivery: releases, deployments and audit events. Written by the plugin only.';

create table supabase_delivery.schema_versions (
    version integer primary key,
    applied_at timestamptz not null default pg_catalog.clock_timestamp(),
    applied_by text not null default current_user
);

create table supabase_delivery.releases (
    digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
    version text not null,
    manifest jsonb not null,
    first_seen_at timestamptz not null default pg_catalog.clock_timestamp()
);
create index releases_by_version on supabase_delivery.releases (version);

-- The newest fencing token. Whoever begins a deployment locks this row, so that tokens grow and ids have no gaps.
create table supabase_delivery.fence (
    only_row boolean primary key default true check (only_row),
    token bigint not null
);
insert into supabase_delivery.fence (token) values (0);

-- States of an environment by their digest: a deployment that changes nothing stores nothing new.
create table supabase_delivery.environment_states (
    digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
    state jsonb not null,
    recorded_at timestamptz not null default pg_catalog.clock_timestamp()
);

create table supabase_delivery.deployments (
    id bigint primary key,
    operation_id text not null,
    attempt uuid not null unique,
    attempts integer not null default 1,
    kind text not null check (kind in ('DEPLOY', 'ROLLBACK')),
    release_digest text not null references supabase_delivery.releases,
    previous_release_digest text references supabase_delivery.releases,
    plan_digest text not null,
    -- json, not jsonb: the text is kept as it is, as plan_digest belongs to it.
    plan json not null,
    strategy text not null,
    actor text not null,
    build_url text not null,
    controller text not null,
    fencing_token bigint not null unique,
    state text not null default 'RUNNING'
        check (state in ('RUNNING', 'SUCCEEDED', 'FAILED', 'ROLLED_BACK', 'STOPPED', 'INTERRUPTED')),
    started_at timestamptz not null default pg_catalog.clock_timestamp(),
    ended_at timestamptz,
    heartbeat_at timestamptz not null default pg_catalog.clock_timestamp(),
    lease_expires_at timestamptz not null,
    message text not null default '',
    interrupted_by bigint references supabase_delivery.deployments,
    environment_state text references supabase_delivery.environment_states,
    -- When all snapshots were there: nothing is changed before, and they are not changed after.
    snapshots_taken_at timestamptz,
    check ((state = 'RUNNING') = (ended_at is null))
);
create index deployments_by_operation on supabase_delivery.deployments (operation_id);
create index deployments_by_release on supabase_delivery.deployments (release_digest);
create index deployments_by_interrupter on supabase_delivery.deployments (interrupted_by)
    where interrupted_by is not null;
create index deployments_running on supabase_delivery.deployments (id) where state = 'RUNNING';
create index deployments_succeeded on supabase_delivery.deployments (id) where state = 'SUCCEEDED';
create index deployments_with_state on supabase_delivery.deployments (id) where environment_state is not null;

create table supabase_delivery.steps (
    deployment_id bigint not null references supabase_delivery.deployments,
    ordinal integer not null check (ordinal > 0),
    kind text not null,
    subject text not null,
    state text not null check (state in ('RUNNING', 'DONE', 'FAILED', 'SKIPPED', 'INTERRUPTED')),
    started_at timestamptz not null,
    ended_at timestamptz,
    millis bigint,
    detail text not null default '',
    primary key (deployment_id, ordinal),
    check ((state = 'RUNNING') = (ended_at is null))
);

-- Contents by their digest, so that a function that stays the same is kept once.
create table supabase_delivery.snapshot_contents (
    digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
    bytes bigint not null,
    compressed boolean not null,
    content bytea not null
);
alter table supabase_delivery.snapshot_contents alter column content set storage external;

create table supabase_delivery.snapshots (
    deployment_id bigint not null references supabase_delivery.deployments,
    kind text not null,
    name text not null,
    digest text not null references supabase_delivery.snapshot_contents,
    taken_at timestamptz not null default pg_catalog.clock_timestamp(),
    primary key (deployment_id, kind, name)
);
create index snapshots_by_digest on supabase_delivery.snapshots (digest);

-- Deployments as they are now: one whose lease has run out reads INTERRUPTED, although nobody has written that yet.
create view supabase_delivery.deployments_current as
    select d.id, d.operation_id, d.attempts, d.kind,
           d.release_digest, r.version as release_version,
           d.previous_release_digest, p.version as previous_release_version,
           d.plan_digest, d.strategy, d.actor, d.build_url, d.controller, d.fencing_token,
           case when d.state = 'RUNNING' and d.lease_expires_at <= pg_catalog.clock_timestamp() then 'INTERRUPTED'
                else d.state end as state,
           d.started_at,
           case when d.state = 'RUNNING' and d.lease_expires_at <= pg_catalog.clock_timestamp() then d.lease_expires_at
                else d.ended_at end as ended_at,
           d.heartbeat_at, d.lease_expires_at,
           case when d.state = 'RUNNING' and d.lease_expires_at <= pg_catalog.clock_timestamp()
                then 'No sign of life since the lease ran out.' else d.message end as message,
           d.interrupted_by, d.environment_state
    from supabase_delivery.deployments d
    join supabase_delivery.releases r on r.digest = d.release_digest
    left join supabase_delivery.releases p on p.digest = d.previous_release_digest;

alter table supabase_delivery.schema_versions enable row level security;
alter table supabase_delivery.releases enable row level security;
alter table supabase_delivery.fence enable row level security;
alter table supabase_delivery.environment_states enable row level security;
alter table supabase_delivery.deployments enable row level security;
alter table supabase_delivery.steps enable row level security;
alter table supabase_delivery.snapshot_contents enable row level security;
alter table supabase_delivery.snapshots enable row level security;
