package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code options { … }}: what limits a run is kept, what only concerns a controller is ignored and noted. */
final class OptionsParser {
    private static final Set<String> KEPT = Set.of("timeout", "retry", "skipStagesAfterUnstable");
    private static final Set<String> IGNORED = Set.of(
            "ansiColor",
            "buildDiscarder",
            "copyArtifactPermission",
            "disableConcurrentBuilds",
            "disableResume",
            "disableRestartFromStage",
            "durabilityHint",
            "newContainerPerStage",
            "overrideIndexTriggers",
            "parallelsAlwaysFailFast",
            "preserveStashes",
            "quietPeriod",
            "rateLimitBuilds",
            "skipDefaultCheckout",
            "timestamps");

    private final Problems problems;
    private final Closures closures;

    OptionsParser(Problems problems, Closures closures) {
        this.problems = problems;
        this.closures = closures;
    }

    List<Option> parse(Directive section) {
        return parse(section, "options");
    }

    List<Option> parseOfStage(Directive section) {
        return parse(section, "the options of a stage");
    }

    private List<Option> parse(Directive section, String where) {
        List<Option> options = new ArrayList<>();
        if (section.block() == null) {
            problems.add(section.node(), "'options' needs a block");
            return options;
        }
        for (Directive option : problems.directives(section.block(), "options")) {
            if (KEPT.contains(option.name())) {
                options.add(new Option(option.name(), closures.add(option.arguments())));
            } else if (IGNORED.contains(option.name())) {
                problems.note(option.node(), "the option '" + option.name() + "' is ignored");
            } else {
                Set<String> known = new TreeSet<>(KEPT);
                known.addAll(IGNORED);
                problems.unknown(option, where, known);
            }
        }
        return options;
    }
}
