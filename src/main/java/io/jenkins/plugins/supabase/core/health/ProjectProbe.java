package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import java.time.Duration;
import java.util.List;

/** The project's status; anything but {@code ACTIVE_HEALTHY}, such as paused or restoring, is unhealthy. */
final class ProjectProbe implements Probe {
    private static final String HEALTHY = "ACTIVE_HEALTHY";

    private final Subject subject;
    private final ManagementCall management;

    ProjectProbe(Subject subject, ManagementCall management) {
        this.subject = subject;
        this.management = management;
    }

    @Override
    public List<Subject> subjects() {
        return List.of(subject);
    }

    @Override
    public List<Finding> ask(List<Subject> open, Clock clock) throws InterruptedException {
        return management.ask(open, clock, ManagementClient::project, (project, latency) ->
                List.of(finding(project.status(), latency)));
    }

    private Finding finding(String status, Duration latency) {
        return HEALTHY.equals(status)
                ? Finding.healthy(subject, latency, status)
                : Finding.unhealthy(subject, latency, "the project is " + status);
    }
}
