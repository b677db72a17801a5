package io.jenkins.plugins.supabase.core.management;

/**
 * What a call does and what it needs. The permissions are the {@code fga_permissions} of the API's OpenAPI document,
 * the names under which scoped access tokens grant them.
 */
enum Operation {
    READ_PROJECT("reading the project", "project_admin_read"),
    READ_HEALTH("reading the health of the services", "project_admin_read"),
    LIST_FUNCTIONS("listing the edge functions", "edge_functions_read"),
    BUNDLE_FUNCTION("bundling an edge function", "edge_functions_write"),
    ACTIVATE_FUNCTIONS("activating the edge functions", "edge_functions_write"),
    /** Newer than the OpenAPI document at hand, which names no permission for it; it reads every section. */
    READ_CONFIG("reading the settings", "database_config_read"),
    READ_SSL("reading the enforcement of TLS", "database_ssl_config_read"),
    UPDATE_SSL("changing the enforcement of TLS", "database_ssl_config_write"),
    READ_NETWORK("reading the network restrictions", "database_network_restrictions_read"),
    UPDATE_NETWORK("changing the network restrictions", "database_network_restrictions_write"),
    READ_DATABASE("reading the database settings", "database_config_read"),
    UPDATE_DATABASE("changing the database settings", "database_config_write"),
    READ_POOLER("reading the pooler settings", "database_pooling_config_read"),
    UPDATE_POOLER("changing the pooler settings", "database_pooling_config_write"),
    READ_API("reading the Data API settings", "data_api_config_read"),
    UPDATE_API("changing the Data API settings", "data_api_config_write"),
    READ_AUTH("reading the auth settings", "auth_config_read"),
    UPDATE_AUTH("changing the auth settings", "auth_config_write"),
    READ_STORAGE("reading the storage settings", "storage_config_read"),
    UPDATE_STORAGE("changing the storage settings", "storage_config_write"),
    READ_REALTIME("reading the realtime settings", "realtime_config_read"),
    UPDATE_REALTIME("changing the realtime settings", "realtime_config_write");

    private final String doing;
    private final String permission;

    Operation(String doing, String permission) {
        this.doing = doing;
        this.permission = permission;
    }

    /** @return as it reads after "while" */
    String doing() {
        return doing;
    }

    String permission() {
        return permission;
    }

    /** Whether it changes settings, so that a lost answer leaves open whether it did. */
    boolean changesSettings() {
        return name().startsWith("UPDATE_");
    }
}
