package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.overview.EnvironmentComparison;
import io.jenkins.plugins.supabase.core.overview.EnvironmentComparison.Change;
import io.jenkins.plugins.supabase.core.overview.EnvironmentComparison.Difference;
import io.jenkins.plugins.supabase.core.overview.EnvironmentComparison.Kind;
import io.jenkins.plugins.supabase.core.overview.RunningState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A comparison as its page shows it.
 *
 * @param summary one sentence
 * @param groups  without empty ones
 */
public record ComparisonView(Side from, Side to, String summary, List<Group> groups) {
    /**
     * One of the two.
     *
     * @param version     of the release that runs; null where none does, as all of the following
     * @param commit      null where the release has none, like the next two
     * @param since       in ISO form, when the release came
     */
    public record Side(
            String name, String version, String digest, String commit, String author, String committedAt, String since) {
        static Side of(Snapshot snapshot) {
            RunningState running = snapshot.summary().running();
            return running == null
                    ? new Side(snapshot.name(), null, null, null, null, null, null)
                    : new Side(
                            snapshot.name(),
                            running.deployment().releaseVersion(),
                            running.deployment().releaseDigest(),
                            running.commit(),
                            running.author(),
                            running.committedAt() == null ? null : running.committedAt().toString(),
                            running.since() == null ? null : running.since().toString());
        }
    }

    public record Group(String title, List<Row> rows) {}

    /** @param level as of a {@link Fact} */
    public record Row(String name, String change, String level) {}

    static ComparisonView of(Snapshot from, Snapshot to) {
        Side source = Side.of(from);
        Side target = Side.of(to);
        RunningState running = from.summary().running();
        if (running == null) {
            return new ComparisonView(
                    source, target, "Nothing runs in " + from.name() + " that could be promoted.", List.of());
        }
        EnvironmentComparison comparison =
                EnvironmentComparison.of(running, to.summary().running());
        List<Group> groups = Stream.concat(
                        Stream.of(migrations(comparison)),
                        Arrays.stream(Kind.values()).map(kind -> group(kind, comparison)))
                .filter(group -> !group.rows().isEmpty())
                .toList();
        return new ComparisonView(source, target, summary(source, target, comparison, groups), groups);
    }

    private static String summary(Side from, Side to, EnvironmentComparison comparison, List<Group> groups) {
        if (comparison.sameRelease()) {
            return groups.isEmpty()
                    ? "Both run the same bundle of " + from.version() + ", and left the same behind."
                    : "Both run the same bundle of " + from.version() + "; what differs belongs to the environments.";
        }
        return "A promotion would bring " + from.version() + " to " + to.name()
                + (to.version() == null ? ", where nothing runs yet." : ", which runs " + to.version() + ".");
    }

    private static Group migrations(EnvironmentComparison comparison) {
        return new Group(
                "Migrations",
                Stream.concat(
                                comparison.migrations().stream().map(name -> new Row(name, "pending", Levels.CHANGE)),
                                comparison.missing().stream()
                                        .map(name -> new Row(name, "not in the source's release", Levels.WARNING)))
                        .toList());
    }

    private static Group group(Kind kind, EnvironmentComparison comparison) {
        return new Group(
                title(kind),
                comparison.differences(kind).stream().map(ComparisonView::row).toList());
    }

    private static Row row(Difference difference) {
        return new Row(difference.name(), word(difference.change()), level(difference.change()));
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case FUNCTION -> "Edge functions";
            case CONFIG -> "Configuration";
            case SECRET -> "Secrets";
            case BUCKET -> "Storage buckets";
            case SCHEMA -> "Database schema";
        };
    }

    private static String word(Change change) {
        return switch (change) {
            case ADDED -> "only in the source";
            case CHANGED -> "differs";
            case REMOVED -> "only in the target";
        };
    }

    private static String level(Change change) {
        return change == Change.REMOVED ? Levels.WARNING : Levels.CHANGE;
    }
}
