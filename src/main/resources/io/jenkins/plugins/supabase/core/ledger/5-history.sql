-- The orders in which pages show deployments. By "C", whose order no upgrade of the server changes.

create index deployments_by_actor on supabase_delivery.deployments (actor collate "C", id);
create index deployments_by_state on supabase_delivery.deployments (state collate "C", id);
create index deployments_by_duration on supabase_delivery.deployments
    ((coalesce(ended_at, heartbeat_at) - started_at), id);

create index releases_in_order on supabase_delivery.releases (version collate "C");
drop index supabase_delivery.deployments_by_release;
create index deployments_by_release on supabase_delivery.deployments (release_digest, id);
