package io.jenkins.plugins.supabase.core.management;

/**
 * What a call does, what it needs, and whether it may be repeated when its answer was lost. The permissions are the
 * {@code fga_permissions} of the API's OpenAPI document, the names under which scoped access tokens grant them.
 */
enum Operation {
    READ_PROJECT("reading the project", "project_admin_read", Effect.NONE),
    READ_HEALTH("reading the health of the services", "project_admin_read", Effect.NONE),
    READ_KEYS("reading the API keys", "api_gateway_keys_read", Effect.NONE),
    LIST_FUNCTIONS("listing the edge functions", "edge_functions_read", Effect.NONE),
    READ_FUNCTION("downloading an edge function", "edge_functions_read", Effect.NONE),
    /** Another bundle of the same sources takes the place of the first; what runs is the same before and after. */
    BUNDLE_FUNCTION("bundling an edge function", "edge_functions_write", Effect.NONE),
    /** The OpenAPI document calls it idempotent. */
    ACTIVATE_FUNCTIONS("activating the edge functions", "edge_functions_write", Effect.SAME_AGAIN),
    /** Deleting what is gone is answered with 404, which callers take for done. */
    DELETE_FUNCTION("deleting an edge function", "edge_functions_write", Effect.SAME_AGAIN),
    LIST_SECRETS("listing the function secrets", "edge_functions_secrets_read", Effect.NONE),
    /** Replaces values by name, so that the second time changes nothing more. */
    SET_SECRETS("setting function secrets", "edge_functions_secrets_write", Effect.SAME_AGAIN),
    DELETE_SECRETS("deleting function secrets", "edge_functions_secrets_write", Effect.SAME_AGAIN),
    READ_BUCKETS("listing the storage buckets", "service_role", Effect.NONE),
    /** The second time is refused with 409, which looks like somebody else's bucket of that name. */
    CREATE_BUCKET("creating a storage bucket", "service_role", Effect.ONCE),
    UPDATE_BUCKET("updating a storage bucket", "service_role", Effect.SAME_AGAIN),
    READ_OBJECT("reading a storage object", "service_role", Effect.NONE),
    WRITE_OBJECT("writing a storage object", "service_role", Effect.SAME_AGAIN),
    /** Newer than the OpenAPI document at hand, which names no permission for it; it reads every section. */
    READ_CONFIG("reading the settings", "database_config_read", Effect.NONE),
    READ_SSL("reading the enforcement of TLS", "database_ssl_config_read", Effect.NONE),
    UPDATE_SSL("changing the enforcement of TLS", "database_ssl_config_write", Effect.SAME_AGAIN),
    READ_NETWORK("reading the network restrictions", "database_network_restrictions_read", Effect.NONE),
    UPDATE_NETWORK("changing the network restrictions", "database_network_restrictions_write", Effect.SAME_AGAIN),
    READ_DATABASE("reading the database settings", "database_config_read", Effect.NONE),
    UPDATE_DATABASE("changing the database settings", "database_config_write", Effect.SAME_AGAIN),
    READ_POOLER("reading the pooler settings", "database_pooling_config_read", Effect.NONE),
    UPDATE_POOLER("changing the pooler settings", "database_pooling_config_write", Effect.SAME_AGAIN),
    READ_API("reading the Data API settings", "data_api_config_read", Effect.NONE),
    UPDATE_API("changing the Data API settings", "data_api_config_write", Effect.SAME_AGAIN),
    READ_AUTH("reading the auth settings", "auth_config_read", Effect.NONE),
    UPDATE_AUTH("changing the auth settings", "auth_config_write", Effect.SAME_AGAIN),
    READ_STORAGE("reading the storage settings", "storage_config_read", Effect.NONE),
    UPDATE_STORAGE("changing the storage settings", "storage_config_write", Effect.SAME_AGAIN),
    READ_REALTIME("reading the realtime settings", "realtime_config_read", Effect.NONE),
    UPDATE_REALTIME("changing the realtime settings", "realtime_config_write", Effect.SAME_AGAIN),
    LIST_BACKUPS("listing Supabase's own backups", "backups_read", Effect.NONE),
    READ_RESTORE_POINT("reading a restore point", "backups_read", Effect.NONE),
    /** What the second of one name is answered with is not documented. */
    CREATE_RESTORE_POINT("making a restore point", "backups_write", Effect.ONCE),
    /** A second one would begin anew, and users wait longer. */
    RESTORE("restoring one of Supabase's own backups", "backups_write", Effect.ONCE);

    /** What a call leaves behind. */
    enum Effect {
        /** Nothing that anybody sees. */
        NONE,
        /** The same state however often it is made. */
        SAME_AGAIN,
        /** Another state, or another answer, when it is made twice. */
        ONCE
    }

    private final String doing;
    private final String permission;
    private final Effect effect;

    Operation(String doing, String permission, Effect effect) {
        this.doing = doing;
        this.permission = permission;
        this.effect = effect;
    }

    /** @return as it reads after "while" */
    String doing() {
        return doing;
    }

    String permission() {
        return permission;
    }

    /** @return whether it may be sent again although the first may have been carried out */
    boolean idempotent() {
        return effect != Effect.ONCE;
    }

    boolean changes() {
        return effect != Effect.NONE;
    }

    /** @return whether an answer may quote a secret that was sent, so that nothing of it is shown */
    boolean carriesSecrets() {
        return this == SET_SECRETS;
    }

    /** @return whether the platform works long for it, so that its answer may take minutes */
    boolean takesLong() {
        return this == BUNDLE_FUNCTION || this == ACTIVATE_FUNCTIONS;
    }
}
