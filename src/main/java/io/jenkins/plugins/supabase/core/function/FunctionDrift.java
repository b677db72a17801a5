package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An edge function that is not as the last deployment left it.
 *
 * @param detail one sentence: what differs
 */
public record FunctionDrift(String slug, String detail) {
    /** @param live what runs now; null where nothing does */
    static Optional<FunctionDrift> between(RecordedFunction recorded, DeployedFunction live) {
        if (live == null) {
            return Optional.of(new FunctionDrift(
                    recorded.slug(),
                    "It was deleted; the last deployment left version %d.".formatted(recorded.version())));
        }
        List<String> differences = new ArrayList<>();
        if (recorded.version() != live.version()) {
            differences.add("version %d runs, the last deployment left version %d"
                    .formatted(live.version(), recorded.version()));
        } else if (!recorded.sameBundle(live)) {
            differences.add("another bundle runs as version %d than the last deployment left"
                    .formatted(live.version()));
        }
        if (!Objects.equals(recorded.verifyJwt(), live.verifyJwt())) {
            differences.add("its verify_jwt is %s, the last deployment left %s"
                    .formatted(live.verifyJwt(), recorded.verifyJwt()));
        }
        if (!DeployedFunction.ACTIVE.equals(live.status())) {
            differences.add("its status is " + live.status());
        }
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        String sentence = String.join("; ", differences) + ".";
        return Optional.of(new FunctionDrift(
                recorded.slug(), Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1)));
    }
}
