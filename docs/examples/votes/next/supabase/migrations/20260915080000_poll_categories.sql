-- The second release: polls get a category to browse by.

alter table public.polls
    add column category text not null default 'general',
    add constraint polls_category_form check (category ~ '^[a-z][a-z0-9-]{1,30}$');

create index polls_category_idx on public.polls (category, opens_at desc) where published;

comment on column public.polls.category is 'Lower-case letters, digits and hyphens; part of the address of a page.';
