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
    ACTIVATE_FUNCTIONS("activating the edge functions", "edge_functions_write");

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
}
