-- Decisions about promotions, and what health checks found. See docs/ledger.md for the meaning of every column.

create table supabase_delivery.approvals (
    operation_id text not null,
    plan_digest text not null check (plan_digest ~ '^[0-9a-f]{64}$'),
    decided_by text not null,
    decision text not null check (decision in ('APPROVED', 'REJECTED')),
    decided_at timestamptz not null,
    comment text not null,
    emergency boolean not null,
    event_seq bigint not null unique,
    primary key (operation_id, plan_digest, decided_by, decision, decided_at)
);

create trigger append_only before update or delete on supabase_delivery.approvals
    for each row execute function supabase_delivery.refuse_change();
create trigger append_only_table before truncate on supabase_delivery.approvals
    for each statement execute function supabase_delivery.refuse_change();

create table supabase_delivery.health_checks (
    id uuid primary key,
    at timestamptz not null default pg_catalog.clock_timestamp(),
    verdict text not null check (verdict in ('HEALTHY', 'UNHEALTHY', 'UNKNOWN')),
    probed integer not null,
    failing jsonb not null,
    millis bigint not null,
    release_digest text references supabase_delivery.releases,
    deployment_id bigint references supabase_delivery.deployments,
    actor text not null,
    build_url text not null
);
create index health_checks_by_time on supabase_delivery.health_checks (at);

alter table supabase_delivery.approvals enable row level security;
alter table supabase_delivery.health_checks enable row level security;

-- Records a decision with its audit event, once: the same decision again answers with the event of the first time.
create function supabase_delivery.record_decision(
    p_event uuid, p_operation_id text, p_plan_digest text, p_decided_by text, p_decision text,
    p_decided_at timestamptz, p_comment text, p_emergency boolean, p_payload jsonb)
    returns setof supabase_delivery.audit_events
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $function$
declare
    event supabase_delivery.audit_events;
begin
    -- Who appends locks this row, so that of two at once the second one finds what the first has written.
    perform from supabase_delivery.audit_head for update;
    select e.* into event
    from supabase_delivery.approvals a join supabase_delivery.audit_events e on e.seq = a.event_seq
    where (a.operation_id, a.plan_digest, a.decided_by, a.decision, a.decided_at)
        = (p_operation_id, p_plan_digest, p_decided_by, p_decision, p_decided_at);
    if not found then
        event := supabase_delivery.append_event(
            p_event, p_decided_by, 'promotion.' || lower(p_decision), 'promotion/' || p_operation_id,
            p_payload || jsonb_build_object(
                'planDigest', p_plan_digest, 'comment', p_comment, 'emergency', p_emergency,
                'decidedAt', to_char(p_decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
        insert into supabase_delivery.approvals (
            operation_id, plan_digest, decided_by, decision, decided_at, comment, emergency, event_seq)
        values (
            p_operation_id, p_plan_digest, p_decided_by, p_decision, p_decided_at, p_comment, p_emergency, event.seq);
    end if;
    return next event;
end;
$function$;

-- Records what a health check found of the release that runs, and forgets checks that are older than p_kept.
create function supabase_delivery.record_health(
    p_id uuid, p_verdict text, p_probed integer, p_failing jsonb, p_millis bigint,
    p_deployment_id bigint, p_actor text, p_build_url text, p_kept interval) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $function$
declare
    release text;
begin
    if p_deployment_id is null then
        select d.release_digest into release from supabase_delivery.deployments d
        where d.state = 'SUCCEEDED' order by d.id desc limit 1;
    else
        select d.release_digest into release from supabase_delivery.deployments d where d.id = p_deployment_id;
    end if;
    insert into supabase_delivery.health_checks (
        id, verdict, probed, failing, millis, release_digest, deployment_id, actor, build_url)
    values (p_id, p_verdict, p_probed, p_failing, p_millis, release, p_deployment_id, p_actor, p_build_url)
    on conflict (id) do nothing;
    delete from supabase_delivery.health_checks h where h.at < clock_timestamp() - p_kept;
end;
$function$;
