package io.jenkins.plugins.supabase.local.standin;

/** Storage: its status, and buckets. Answers to changes are those of supabase/storage, http/routes/bucket. */
final class StorageEndpoints {
    void addTo(Routes routes) {
        routes.open("GET /storage/v1/status", call -> Reply.empty(200))
                .open("GET /storage/v1/bucket", this::list)
                .open("POST /storage/v1/bucket", this::create)
                .open("GET /storage/v1/bucket/{id}", this::show)
                .open("PUT /storage/v1/bucket/{id}", this::update);
    }

    private Reply list(Call call) {
        requireServiceRole(call);
        return Reply.ok(call.project().buckets().list());
    }

    private Reply create(Call call) {
        requireServiceRole(call);
        return Reply.ok(call.project().buckets().create(call.request().json()));
    }

    private Reply show(Call call) {
        requireServiceRole(call);
        return Reply.ok(call.project().buckets().required(call.variable("id")));
    }

    private Reply update(Call call) {
        requireServiceRole(call);
        call.project().buckets().update(call.variable("id"), call.request().json());
        return Reply.ok(Json.object().put("message", "Successfully updated"));
    }

    static void requireServiceRole(Call call) {
        if (!ProjectEndpoints.requireKey(call).equals("service_role")) {
            throw new Refusal(Reply.json(
                    400, StandInBuckets.error("403", "Unauthorized", "new row violates row-level security policy")));
        }
    }
}
