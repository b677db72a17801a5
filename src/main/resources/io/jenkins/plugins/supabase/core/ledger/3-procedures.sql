-- What must happen at once when a deployment begins and ends, each one round trip.

-- SHA-256 over a deployment's row, release, plan and steps; part of its last audit event, so that later edits are
-- found.
create function supabase_delivery.deployment_digest(p_id bigint) returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $function$
    select encode(sha256(convert_to(jsonb_build_object(
               'id', d.id, 'operation', d.operation_id, 'attempts', d.attempts, 'kind', d.kind,
               'release', d.release_digest, 'previous', d.previous_release_digest,
               'version', r.version, 'manifest', r.manifest,
               'planDigest', d.plan_digest, 'plan', d.plan::text,
               'strategy', d.strategy, 'actor', d.actor, 'build', d.build_url, 'controller', d.controller,
               'token', d.fencing_token, 'state', d.state, 'started', d.started_at, 'ended', d.ended_at,
               'message', d.message, 'interruptedBy', d.interrupted_by, 'environmentState', d.environment_state,
               'steps', (select jsonb_agg(jsonb_build_array(s.ordinal, s.kind, s.subject, s.state,
                                                            s.started_at, s.ended_at, s.millis, s.detail)
                                          order by s.ordinal)
                         from supabase_delivery.steps s where s.deployment_id = d.id)
           )::text, 'UTF8')), 'hex')
    from supabase_delivery.deployments d
    join supabase_delivery.releases r on r.digest = d.release_digest
    where d.id = p_id
$function$;

-- SHA-256 over the list of a deployment's snapshots; null where it has none.
create function supabase_delivery.snapshots_digest(p_id bigint) returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $function$
    select encode(sha256(convert_to(
               jsonb_agg(jsonb_build_array(s.kind, s.name, s.digest)
                         order by s.kind collate "C", s.name collate "C")::text, 'UTF8')), 'hex')
    from supabase_delivery.snapshots s where s.deployment_id = p_id
$function$;

create function supabase_delivery.interrupt_steps(p_id bigint) returns void
    language sql
    set search_path = pg_catalog, pg_temp
as $function$
    update supabase_delivery.steps s
    set state = 'INTERRUPTED', ended_at = greatest(d.heartbeat_at, s.started_at),
        millis = floor(extract(epoch from greatest(d.heartbeat_at, s.started_at) - s.started_at) * 1000)
    from supabase_delivery.deployments d
    where d.id = p_id and s.deployment_id = p_id and s.state = 'RUNNING'
$function$;

-- Closes a deployment whose process is gone: the one who calls holds the lock that it must have lost.
create function supabase_delivery.interrupt_deployment(p_id bigint, p_by bigint, p_actor text, p_build_url text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $function$
declare
    running text;
    signed_at timestamptz;
begin
    select string_agg(s.kind || ' ' || s.subject, ', ' order by s.ordinal) into running
    from supabase_delivery.steps s where s.deployment_id = p_id and s.state = 'RUNNING';
    select d.heartbeat_at into signed_at from supabase_delivery.deployments d where d.id = p_id;
    perform supabase_delivery.interrupt_steps(p_id);
    update supabase_delivery.deployments d
    set state = 'INTERRUPTED', ended_at = clock_timestamp(), interrupted_by = p_by,
        message = format('Interrupted %s; last sign of life at %s. Found by deployment %s of %s (%s).',
                         coalesce('during ' || running, 'between two steps'),
                         to_char(signed_at, 'YYYY-MM-DD HH24:MI:SS "UTC"'), p_by, p_actor, p_build_url)
    where d.id = p_id;
    perform supabase_delivery.append_event(gen_random_uuid(), p_actor, 'deployment.interrupted', 'deployment/' || p_id,
        jsonb_build_object('state', 'INTERRUPTED', 'by', p_by, 'steps', coalesce(running, ''),
                           'lastSign', signed_at,
                           'digest', supabase_delivery.deployment_digest(p_id),
                           'snapshots', supabase_delivery.snapshots_digest(p_id)));
end;
$function$;

create function supabase_delivery.begin_deployment(
    p_attempt uuid, p_operation_id text, p_kind text,
    p_release_digest text, p_release_version text, p_manifest jsonb,
    p_plan_digest text, p_plan json, p_strategy text,
    p_actor text, p_build_url text, p_controller text, p_lease interval)
    returns table (deployment_id bigint, token bigint, attempts integer, next_ordinal integer,
                   snapshots_taken boolean, interrupted bigint[])
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $function$
#variable_conflict use_column
declare
    newest bigint;
    chosen bigint;
    resuming boolean;
    earlier bigint;
begin
    select f.token + 1 into newest from supabase_delivery.fence f for update;
    if not exists (select from supabase_delivery.deployments d where d.attempt = p_attempt) then
        select max(d.id) into chosen from supabase_delivery.deployments d
        where d.state = 'RUNNING' and d.operation_id = p_operation_id and d.kind = p_kind
          and d.release_digest = p_release_digest;
        resuming := chosen is not null;
        if resuming then
            perform supabase_delivery.interrupt_steps(chosen);
            update supabase_delivery.deployments d
            set attempt = p_attempt, attempts = d.attempts + 1, fencing_token = newest, actor = p_actor,
                build_url = p_build_url, controller = p_controller,
                heartbeat_at = clock_timestamp(), lease_expires_at = clock_timestamp() + p_lease
            where d.id = chosen;
        else
            select coalesce(max(d.id), 0) + 1 into chosen from supabase_delivery.deployments d;
            insert into supabase_delivery.releases (digest, version, manifest)
            values (p_release_digest, p_release_version, p_manifest) on conflict (digest) do nothing;
            insert into supabase_delivery.deployments (
                id, operation_id, attempt, kind, release_digest, previous_release_digest, plan_digest, plan, strategy,
                actor, build_url, controller, fencing_token, lease_expires_at)
            values (
                chosen, p_operation_id, p_attempt, p_kind, p_release_digest,
                (select d.release_digest from supabase_delivery.deployments d where d.state = 'SUCCEEDED'
                 order by d.id desc limit 1),
                p_plan_digest, p_plan, p_strategy, p_actor, p_build_url, p_controller, newest,
                clock_timestamp() + p_lease);
        end if;
        for earlier in
            select d.id from supabase_delivery.deployments d where d.state = 'RUNNING' and d.id <> chosen order by d.id
        loop
            perform supabase_delivery.interrupt_deployment(earlier, chosen, p_actor, p_build_url);
        end loop;
        update supabase_delivery.fence set token = newest;
        perform supabase_delivery.append_event(gen_random_uuid(), p_actor,
            case when resuming then 'deployment.resumed' else 'deployment.started' end, 'deployment/' || chosen,
            jsonb_build_object('kind', p_kind, 'operation', p_operation_id, 'release', p_release_digest,
                               'version', p_release_version, 'planDigest', p_plan_digest, 'strategy', p_strategy,
                               'build', p_build_url, 'controller', p_controller, 'token', newest));
    end if;
    return query
        select d.id, d.fencing_token, d.attempts,
               coalesce((select max(s.ordinal) from supabase_delivery.steps s where s.deployment_id = d.id), 0) + 1,
               d.snapshots_taken_at is not null,
               array(select i.id from supabase_delivery.deployments i where i.interrupted_by = d.id order by i.id)
        from supabase_delivery.deployments d where d.attempt = p_attempt;
end;
$function$;

-- Ends a deployment and returns its last audit event; no row where somebody else has taken over.
create function supabase_delivery.end_deployment(
    p_id bigint, p_token bigint, p_state text, p_message text, p_environment_state jsonb, p_kept_snapshots integer)
    returns setof supabase_delivery.audit_events
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $function$
declare
    digest text;
begin
    perform from supabase_delivery.deployments d
    where d.id = p_id and d.fencing_token = p_token and d.state in ('RUNNING', p_state) for update;
    if not found then
        return;
    end if;
    if exists (select from supabase_delivery.deployments d where d.id = p_id and d.state <> 'RUNNING') then
        -- The answer to an earlier call was lost.
        return query select * from supabase_delivery.audit_events e
            where e.subject = 'deployment/' || p_id and e.kind = 'deployment.ended';
        return;
    end if;
    perform supabase_delivery.interrupt_steps(p_id);
    if p_environment_state is not null then
        digest := encode(sha256(convert_to(p_environment_state::text, 'UTF8')), 'hex');
        insert into supabase_delivery.environment_states (digest, state) values (digest, p_environment_state)
        on conflict on constraint environment_states_pkey do nothing;
    end if;
    update supabase_delivery.deployments d
    set state = p_state, message = p_message, environment_state = digest,
        ended_at = clock_timestamp(), heartbeat_at = clock_timestamp()
    where d.id = p_id;
    if p_state = 'SUCCEEDED' then
        perform supabase_delivery.prune_snapshots(p_kept_snapshots);
    end if;
    return query select * from supabase_delivery.append_event(gen_random_uuid(),
        (select d.actor from supabase_delivery.deployments d where d.id = p_id),
        'deployment.ended', 'deployment/' || p_id,
        jsonb_build_object('state', p_state, 'message', p_message, 'environmentState', digest,
                           'digest', supabase_delivery.deployment_digest(p_id),
                           'snapshots', supabase_delivery.snapshots_digest(p_id)));
end;
$function$;

-- Deletes the snapshots of all but the newest deployments that have some.
create function supabase_delivery.prune_snapshots(p_kept integer) returns void
    language sql
    set search_path = pg_catalog, pg_temp
as $function$
    with kept as (
        select distinct s.deployment_id from supabase_delivery.snapshots s order by s.deployment_id desc limit p_kept
    ), pruned as (
        delete from supabase_delivery.snapshots s
        where s.deployment_id < (select min(k.deployment_id) from kept k)
        returning s.digest
    )
    delete from supabase_delivery.snapshot_contents c
    where c.digest in (select p.digest from pruned p)
      and not exists (select from supabase_delivery.snapshots s, kept k
                      where s.digest = c.digest and s.deployment_id = k.deployment_id)
$function$;
