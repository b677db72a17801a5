package io.jenkins.plugins.supabase.notice;

import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;

/** What the button of a notifier's form sends, before anything is saved. */
final class TestNotice {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private TestNotice() {}

    /** @throws org.springframework.security.access.AccessDeniedException for whoever may not configure environments */
    static FormValidation send(GateNotifier typed) {
        Jenkins.get().checkPermission(Permissions.CONFIGURE);
        for (SettingProblem problem : typed.problems()) {
            return FormValidation.error(problem.message());
        }
        try {
            typed.send(example());
            return FormValidation.ok("A notice was sent. Nothing waits; it was for trying this out.");
        } catch (Exception e) {
            return FormValidation.error("No notice was sent: " + e.getMessage());
        }
    }

    private static GateNotice example() {
        String jenkins = Objects.requireNonNullElse(Jenkins.get().getRootUrl(), "");
        Instant now = Instant.now();
        return new GateNotice(
                GateNotice.Kind.WAITING,
                "a-test",
                "nowhere",
                "0.0.0",
                "a test of the configuration, nothing waits",
                jenkins,
                now,
                now.plus(AN_HOUR),
                List.of("nothing: this is a test"),
                "",
                false);
    }
}
