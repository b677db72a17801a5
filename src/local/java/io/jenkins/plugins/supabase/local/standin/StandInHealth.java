package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the Management API says about the health of a project's services. */
public final class StandInHealth {
    private static final String HEALTHY = "ACTIVE_HEALTHY";
    private static final Set<String> STATUSES = Set.of("COMING_UP", HEALTHY, "UNHEALTHY");
    static final Set<String> SERVICES =
            Set.of("auth", "db", "db_postgres_user", "pooler", "realtime", "rest", "storage", "pg_bouncer");

    private final Map<String, Report> reports = new HashMap<>();

    /** The next {@code calls} that ask for this service get this status: COMING_UP, ACTIVE_HEALTHY or UNHEALTHY. */
    public synchronized void report(String service, String status, int calls) {
        if (!SERVICES.contains(service) || !STATUSES.contains(status)) {
            throw new IllegalArgumentException("Unknown service or status: " + service + " " + status);
        }
        reports.put(service, new Report(status, calls));
    }

    public void report(String service, String status) {
        report(service, status, Integer.MAX_VALUE);
    }

    synchronized ArrayNode answer(List<String> services, StandInProject.Status project) {
        ArrayNode answer = Json.array();
        for (String service : services) {
            String status = switch (project) {
                case ACTIVE_HEALTHY -> statusOf(service);
                case COMING_UP, RESTORING, RESTARTING, UPGRADING, RESIZING -> "COMING_UP";
                default -> "UNHEALTHY";
            };
            answer.add(describe(service, status));
        }
        return answer;
    }

    private String statusOf(String service) {
        Report report = reports.get(service);
        if (report == null || report.calls == 0) {
            return HEALTHY;
        }
        if (report.calls != Integer.MAX_VALUE) {
            report.calls--;
        }
        return report.status;
    }

    private static ObjectNode describe(String service, String status) {
        boolean healthy = status.equals(HEALTHY);
        ObjectNode json = Json.object().put("name", service).put("healthy", healthy).put("status", status);
        if (!healthy) {
            return status.equals("UNHEALTHY") ? json.put("error", "The service does not respond") : json;
        }
        switch (service) {
            case "auth" -> json.set("info", AuthEndpoints.description());
            case "rest" -> json.putObject("info").put("db_schema", "public,graphql_public");
            case "realtime" -> json.putObject("info")
                    .put("healthy", true)
                    .put("db_connected", true)
                    .put("replication_connected", true)
                    .put("connected_cluster", 1);
            default -> {
                // The other services say nothing more.
            }
        }
        return json;
    }

    private static final class Report {
        private final String status;
        private int calls;

        Report(String status, int calls) {
            this.status = status;
            this.calls = calls;
        }
    }
}
