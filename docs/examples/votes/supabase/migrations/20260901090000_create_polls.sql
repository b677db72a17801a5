-- Polls and their options. Whoever asks may read what is published; only the service role writes.

create table public.polls (
    id uuid primary key default gen_random_uuid(),
    question text not null,
    published boolean not null default false,
    opens_at timestamptz not null default now(),
    closes_at timestamptz,
    created_at timestamptz not null default now(),
    constraint polls_question_length check (char_length(btrim(question)) between 5 and 200),
    constraint polls_close_after_opening check (closes_at > opens_at)
);

create table public.options (
    id uuid primary key default gen_random_uuid(),
    poll_id uuid not null references public.polls (id) on delete cascade,
    position smallint not null,
    label text not null,
    constraint options_position_positive check (position > 0),
    constraint options_label_length check (char_length(btrim(label)) between 1 and 80),
    constraint options_position_once unique (poll_id, position),
    constraint options_label_once unique (poll_id, label),
    -- The target of the votes' foreign key: a vote names an option of its own poll.
    constraint options_belong_to_poll unique (poll_id, id)
);

create index polls_published_idx on public.polls (opens_at desc) where published;

create function public.is_open(poll public.polls)
    returns boolean
    language sql
    stable
    set search_path = ''
begin atomic
    select poll.published
       and now() >= poll.opens_at
       and (poll.closes_at is null or now() < poll.closes_at);
end;

alter table public.polls enable row level security;
alter table public.options enable row level security;

create policy "Published polls are visible" on public.polls
    for select to anon, authenticated
    using (published);

create policy "Options of published polls are visible" on public.options
    for select to anon, authenticated
    using (exists (select from public.polls where polls.id = options.poll_id and polls.published));

-- A hosted project grants everything on new tables to the API's roles, a plain server nothing: say what is meant.
revoke all on public.polls, public.options from anon, authenticated;
grant select on public.polls, public.options to anon, authenticated;
grant all on public.polls, public.options to service_role;

revoke execute on function public.is_open(public.polls) from public;
grant execute on function public.is_open(public.polls) to anon, authenticated, service_role;

comment on table public.polls is 'A question that people vote on while it is open.';
comment on table public.options is 'One possible answer to a poll.';
