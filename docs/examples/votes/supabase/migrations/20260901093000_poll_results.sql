-- What the site shows. security_invoker: the reader's own policies decide which polls are in it.

create view public.poll_results
    with (security_invoker = true)
as
select polls.id as poll_id,
       polls.question,
       options.id as option_id,
       options.position,
       options.label,
       option_tallies.votes
  from public.polls
  join public.options on options.poll_id = polls.id
  join public.option_tallies on option_tallies.option_id = options.id;

revoke all on public.poll_results from anon, authenticated;
grant select on public.poll_results to anon, authenticated, service_role;

comment on view public.poll_results is 'Every visible option with its number of votes.';
