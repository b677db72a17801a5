-- The audit chain: events that are only ever added, each with a hash over its content and its predecessor's hash.

create table supabase_delivery.audit_events (
    seq bigint primary key,
    id uuid not null unique,
    at timestamptz not null,
    actor text not null,
    kind text not null,
    subject text not null,
    payload jsonb not null,
    previous_hash text not null,
    hash text not null
);
create index audit_events_by_subject on supabase_delivery.audit_events (subject, seq);
create index audit_events_by_kind on supabase_delivery.audit_events (kind, seq);

-- Where the chain ends, kept apart from it: events that are cut off at the end are missed here. Who appends locks this
-- row.
create table supabase_delivery.audit_head (
    only_row boolean primary key default true check (only_row),
    seq bigint not null,
    hash text not null
);
insert into supabase_delivery.audit_head (seq, hash) values (0, pg_catalog.repeat('0', 64));

alter table supabase_delivery.audit_events enable row level security;
alter table supabase_delivery.audit_head enable row level security;

create function supabase_delivery.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $function$
begin
    raise exception 'supabase_delivery.% is append-only: % is refused', tg_table_name, tg_op using errcode = '55000';
end;
$function$;

create trigger append_only before update or delete on supabase_delivery.audit_events
    for each row execute function supabase_delivery.refuse_change();
create trigger append_only_table before truncate on supabase_delivery.audit_events
    for each statement execute function supabase_delivery.refuse_change();
create trigger keep_head before delete on supabase_delivery.audit_head
    for each row execute function supabase_delivery.refuse_change();
create trigger keep_head_table before truncate on supabase_delivery.audit_head
    for each statement execute function supabase_delivery.refuse_change();

-- Format 1: SHA-256 over the UTF-8 text of nine fields, each as its length in bytes, a colon, its text, and a comma.
create function supabase_delivery.event_hash(e supabase_delivery.audit_events) returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $function$
    select encode(sha256(convert_to(string_agg(
               octet_length(convert_to(f.field, 'UTF8')) || ':' || f.field || ',', '' order by f.n), 'UTF8')), 'hex')
    from unnest(array['1', e.previous_hash, e.seq::text, e.id::text,
                      to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                      e.actor, e.kind, e.subject, e.payload::text]) with ordinality f(field, n)
$function$;

-- Appends one event. The id is the caller's, so that a call whose answer was lost can be made again.
create function supabase_delivery.append_event(
    p_id uuid, p_actor text, p_kind text, p_subject text, p_payload jsonb)
    returns supabase_delivery.audit_events
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $function$
declare
    head supabase_delivery.audit_head;
    event supabase_delivery.audit_events;
begin
    select * into head from supabase_delivery.audit_head for update;
    select * into event from supabase_delivery.audit_events a where a.id = p_id;
    if found then
        return event;
    end if;
    event.seq := head.seq + 1;
    event.id := p_id;
    event.at := clock_timestamp();
    event.actor := p_actor;
    event.kind := p_kind;
    event.subject := p_subject;
    event.payload := p_payload;
    event.previous_hash := head.hash;
    event.hash := supabase_delivery.event_hash(event);
    insert into supabase_delivery.audit_events select event.*;
    update supabase_delivery.audit_head set seq = event.seq, hash = event.hash;
    return event;
end;
$function$;
