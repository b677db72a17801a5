package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Projects and the health of their services. */
final class ProjectRoutes {
    private static final int LONGEST_TIMEOUT_MILLIS = 10_000;

    private final Supplier<Collection<StandInProject>> projects;

    ProjectRoutes(Supplier<Collection<StandInProject>> projects) {
        this.projects = projects;
    }

    void addTo(Routes routes) {
        routes.guarded("GET /v1/projects", "projects_read", this::list)
                .guarded("GET /v1/projects/{ref}", "project_admin_read", this::read)
                .guarded("GET /v1/projects/{ref}/health", "project_admin_read", this::health);
    }

    private Reply list(Call call) {
        ArrayNode list = Json.array();
        projects.get().forEach(project -> list.add(project.json()));
        return Reply.ok(list);
    }

    private Reply read(Call call) {
        call.project().managedBackups().restore().proceed();
        return Reply.ok(call.project().json());
    }

    private Reply health(Call call) {
        List<String> services = List.of(call.request().parameter("services").orElse("").split(","));
        for (String service : services) {
            if (!StandInHealth.SERVICES.contains(service)) {
                throw new Refusal(400, "services: Invalid enum value '" + service + "'");
            }
        }
        call.request().parameter("timeout_ms").ifPresent(ProjectRoutes::checkTimeout);
        return Reply.ok(call.project().health().answer(services, call.project().status()));
    }

    private static void checkTimeout(String text) {
        try {
            int timeout = Integer.parseInt(text);
            if (timeout >= 0 && timeout <= LONGEST_TIMEOUT_MILLIS) {
                return;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw new Refusal(400, "timeout_ms: Expected a number from 0 to 10000");
    }
}
