package io.jenkins.plugins.supabase.local.standin;

/** Storage: its status, and buckets. */
final class StorageEndpoints {
    void addTo(Routes routes) {
        routes.open("GET /storage/v1/status", call -> Reply.empty(200))
                .open("GET /storage/v1/bucket", this::list)
                .open("POST /storage/v1/bucket", this::create);
    }

    private Reply list(Call call) {
        requireServiceRole(call);
        return Reply.ok(call.project().buckets().list());
    }

    private Reply create(Call call) {
        requireServiceRole(call);
        return Reply.ok(call.project().buckets().create(call.request().json()));
    }

    private static void requireServiceRole(Call call) {
        if (!ProjectEndpoints.requireKey(call).equals("service_role")) {
            throw new Refusal(Reply.json(
                    400, StandInBuckets.error("403", "Unauthorized", "new row violates row-level security policy")));
        }
    }
}
