package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.management.ServiceHealth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The platform's view of the project's services: one call, a row for each service. */
final class ServicesProbe implements Probe {
    /** The API waits no longer than this for the services ({@code timeout_ms} ≤ 10000). */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<Subject, String> services = new LinkedHashMap<>();
    private final ManagementCall management;

    ServicesProbe(List<String> services, String target, ManagementCall management) {
        services.forEach(service -> this.services.put(subject(service, target), service));
        this.management = management;
    }

    static Subject subject(String service, String target) {
        return new Subject("service " + service, target);
    }

    @Override
    public List<Subject> subjects() {
        return List.copyOf(services.keySet());
    }

    @Override
    public List<Finding> ask(List<Subject> open, Clock clock) throws InterruptedException {
        List<String> names = open.stream().map(services::get).toList();
        Duration patience = clock.attempt().compareTo(LONGEST) < 0 ? clock.attempt() : LONGEST;
        return management.ask(open, clock, client -> client.health(names, patience), (answers, latency) ->
                open.stream().map(subject -> finding(subject, answers, latency)).toList());
    }

    private Finding finding(Subject subject, List<ServiceHealth> answers, Duration latency) {
        String name = services.get(subject);
        Optional<ServiceHealth> answer =
                answers.stream().filter(service -> name.equals(service.name())).findFirst();
        if (answer.isEmpty()) {
            return Finding.unhealthy(subject, latency, "the Management API says nothing about it");
        }
        String status = String.valueOf(answer.get().status());
        return answer.get().healthy()
                ? Finding.healthy(subject, latency, status)
                : Finding.unhealthy(subject, latency, status);
    }
}
