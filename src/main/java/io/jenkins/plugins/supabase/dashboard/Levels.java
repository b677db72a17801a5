package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import java.util.Comparator;
import java.util.List;

/** How good or bad something is, for its colour; the words beside it say the same. */
final class Levels {
    static final String OK = "ok";
    static final String CHANGE = "change";
    static final String WARNING = "warning";
    static final String DANGER = "danger";
    static final String NONE = "";

    private static final List<String> ORDER = List.of(NONE, OK, CHANGE, WARNING, DANGER);

    private Levels() {}

    static String of(DeploymentState state) {
        return switch (state) {
            case SUCCEEDED -> OK;
            case RUNNING -> CHANGE;
            case STOPPED, ROLLED_BACK, INTERRUPTED -> WARNING;
            case FAILED -> DANGER;
        };
    }

    static String worst(List<Fact> facts) {
        return facts.stream().map(Fact::level).max(Comparator.comparing(ORDER::indexOf)).orElse(NONE);
    }

    static String word(String level) {
        return switch (level) {
            case OK -> "all well";
            case CHANGE -> "in work";
            case WARNING -> "needs attention";
            case DANGER -> "trouble";
            default -> "nothing known";
        };
    }
}
