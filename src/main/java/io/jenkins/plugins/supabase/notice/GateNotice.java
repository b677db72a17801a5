package io.jenkins.plugins.supabase.notice;

import io.jenkins.plugins.supabase.core.promotion.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What people are told of a promotion that waits for them.
 *
 * @param environment    that is promoted to
 * @param from           environment that is promoted from
 * @param releaseVersion such as {@code 1.4.0}
 * @param buildName      as Jenkins shows it, such as {@code votes » main #12}
 * @param url            of the page to decide on, absolute where Jenkins knows its own address
 * @param since          when it began to wait
 * @param deadline       when it ends undecided; null for never
 * @param missing        in words, such as {@code 1 more approval of release-managers}; empty where nothing is
 * @param outcome        in words, such as {@code approved by ada}; empty while it waits
 */
public record GateNotice(
        Kind kind,
        String environment,
        String from,
        String releaseVersion,
        String buildName,
        String url,
        Instant since,
        Instant deadline,
        List<String> missing,
        String outcome,
        boolean emergency) {
    /** Why people are told. */
    public enum Kind {
        /** It begins to wait. */
        WAITING,
        /** Half of its time is over, and it waits still. */
        HALFWAY,
        /** It does not wait any more, however it ended. */
        DECIDED
    }

    public GateNotice {
        missing = List.copyOf(missing);
        outcome = outcome == null ? "" : outcome;
    }

    /** @return one line for people, such as {@code production: release 1.4.0 of staging waits for approval} */
    public String title() {
        String what = environment + ": release " + releaseVersion + " of " + from;
        return (emergency ? "EMERGENCY, " : "") + what + switch (kind) {
            case WAITING -> " waits for approval";
            case HALFWAY -> " still waits for approval";
            case DECIDED -> outcome.isEmpty() ? " was decided" : ": " + outcome;
        };
    }

    /** @return several lines for people: all of it but the title */
    public String details() {
        List<String> lines = new ArrayList<>();
        if (!missing.isEmpty()) {
            lines.add("Missing: " + String.join("; ", missing));
        }
        lines.add("Build: " + buildName);
        lines.add("Waiting since: " + TimeText.of(since));
        if (deadline != null && kind != Kind.DECIDED) {
            lines.add("Ends undecided: " + TimeText.of(deadline));
        }
        lines.add(url);
        return String.join("\n", lines);
    }
}
