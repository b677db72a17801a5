-- One vote a person and poll. Nobody writes votes directly, whatever the role: cast_vote does (next migration).

create table public.votes (
    poll_id uuid not null,
    voter_id uuid not null references auth.users (id) on delete cascade,
    option_id uuid not null,
    cast_at timestamptz not null default now(),
    constraint votes_once_per_poll primary key (poll_id, voter_id),
    constraint votes_option_of_poll foreign key (poll_id, option_id)
        references public.options (poll_id, id) on delete cascade
);

-- Foreign keys look up votes by option and by voter when either is deleted.
create index votes_option_idx on public.votes (poll_id, option_id);
create index votes_voter_idx on public.votes (voter_id);

alter table public.votes enable row level security;

create policy "Voters see their own votes" on public.votes
    for select to authenticated
    using (voter_id = (select auth.uid()));

revoke all on public.votes from anon, authenticated;
grant select on public.votes to authenticated;
grant all on public.votes to service_role;

-- Counted as votes change, so that reading a result neither scans votes nor needs to see whose they are.
create table public.option_tallies (
    option_id uuid primary key references public.options (id) on delete cascade,
    votes bigint not null default 0,
    constraint option_tallies_not_negative check (votes >= 0)
);

alter table public.option_tallies enable row level security;

create policy "Tallies of visible options are visible" on public.option_tallies
    for select to anon, authenticated
    using (exists (select from public.options where options.id = option_tallies.option_id));

revoke all on public.option_tallies from anon, authenticated;
grant select on public.option_tallies to anon, authenticated;
grant all on public.option_tallies to service_role;

create function public.start_tally()
    returns trigger
    language plpgsql
    security definer
    set search_path = ''
as $function$
begin
    insert into public.option_tallies (option_id) values (new.id);
    return null;
end;
$function$;

create function public.count_vote()
    returns trigger
    language plpgsql
    security definer
    set search_path = ''
as $function$
begin
    -- Always locked in the same order: two voters who change sides at once would wait for each other for ever.
    perform from public.option_tallies
      where option_id in (old.option_id, new.option_id)
      order by option_id
        for update;
    update public.option_tallies set votes = votes - 1 where option_id = old.option_id;
    update public.option_tallies set votes = votes + 1 where option_id = new.option_id;
    return null;
end;
$function$;

revoke execute on function public.start_tally(), public.count_vote() from public, anon, authenticated;

-- Options that are there already have no votes yet, but need their row.
insert into public.option_tallies (option_id) select id from public.options;

create trigger options_start_a_tally
    after insert on public.options
    for each row execute function public.start_tally();

create trigger votes_are_counted
    after insert or update of option_id or delete on public.votes
    for each row execute function public.count_vote();

comment on table public.votes is 'Who chose what; visible to that person only.';
comment on table public.option_tallies is 'Number of votes an option has, kept by triggers.';
