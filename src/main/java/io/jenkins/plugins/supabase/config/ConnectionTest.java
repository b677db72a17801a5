package io.jenkins.plugins.supabase.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.health.HealthCheck;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.health.Pacing;
import io.jenkins.plugins.supabase.core.health.ProbeResult;
import io.jenkins.plugins.supabase.core.health.Verdict;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.Duration;
import java.util.stream.Collectors;

/** Tries out, from the controller, what an administrator typed into the form of an environment. */
final class ConnectionTest {
    /** Somebody is looking at the form. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final EnvironmentConfiguration typed;

    ConnectionTest(EnvironmentConfiguration typed) {
        this.typed = typed;
    }

    FormValidation run() {
        try {
            Access access = new EnvironmentCredentials(typed, CredentialSource.ofController()).resolve();
            HealthRequest request = HealthRequest.of(typed.toEnvironment(), access)
                    .withProxy(ControllerProxy.settings())
                    .withPacing(Pacing.DEFAULT.withTimeout(LIMIT).withAttemptTimeout(LIMIT));
            return verdict(HealthCheck.run(request, line -> {}));
        } catch (DeliveryException | IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error("The test was interrupted.");
        }
    }

    private static FormValidation verdict(HealthReport report) {
        if (!report.healthy()) {
            return FormValidation.error(report.summary());
        }
        String skipped = report.probes().stream()
                .filter(probe -> probe.verdict() == Verdict.SKIPPED)
                .map(ProbeResult::name)
                .collect(Collectors.joining(", "));
        return skipped.isEmpty()
                ? FormValidation.ok(report.summary())
                : FormValidation.warning(report.summary() + " Not tested: " + skipped + ".");
    }
}
