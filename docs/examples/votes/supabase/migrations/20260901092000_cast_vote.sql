-- The one way to vote. Runs as its owner, so every rule that row level security would hold is checked here.

create function public.cast_vote(poll_id uuid, option_id uuid)
    returns void
    language plpgsql
    security definer
    set search_path = ''
as $function$
declare
    voter uuid := auth.uid();
    poll public.polls;
begin
    if voter is null then
        raise exception 'Sign in to vote' using errcode = '28000';
    end if;

    -- The lock keeps the poll from being closed or deleted between this check and the vote.
    select * into poll from public.polls where polls.id = cast_vote.poll_id for share;
    if not found or not poll.published then
        raise exception 'There is no such poll' using errcode = 'P0002';
    end if;
    if not public.is_open(poll) then
        raise exception 'The poll is not open' using errcode = 'P0001';
    end if;
    if not exists (
        select from public.options
         where options.poll_id = cast_vote.poll_id and options.id = cast_vote.option_id
    ) then
        raise exception 'The poll has no such option' using errcode = 'P0002';
    end if;

    -- Until the poll closes a voter may change their mind; it stays one vote.
    insert into public.votes as vote (poll_id, voter_id, option_id)
    values (cast_vote.poll_id, voter, cast_vote.option_id)
    on conflict on constraint votes_once_per_poll
    do update set option_id = excluded.option_id, cast_at = now()
     where vote.option_id is distinct from excluded.option_id;
end;
$function$;

revoke execute on function public.cast_vote(uuid, uuid) from public, anon;
grant execute on function public.cast_vote(uuid, uuid) to authenticated;

comment on function public.cast_vote(uuid, uuid) is 'Casts, or changes, the vote of the person who is signed in.';
