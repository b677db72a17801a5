package io.jenkins.plugins.supabase.local.runner.declarative;

import hudson.model.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** When a block of {@code post} runs, in the order in which Jenkins runs them. There is no previous build here. */
public enum PostCondition {
    ALWAYS("always", result -> true),
    /** A first build differs from no build. */
    CHANGED("changed", result -> true),
    FIXED("fixed", result -> false),
    REGRESSION("regression", result -> false),
    ABORTED("aborted", result -> result == Result.ABORTED),
    SUCCESS("success", result -> result == Result.SUCCESS),
    UNSUCCESSFUL("unsuccessful", result -> result != Result.SUCCESS),
    UNSTABLE("unstable", result -> result == Result.UNSTABLE),
    FAILURE("failure", result -> result == Result.FAILURE),
    CLEANUP("cleanup", result -> true);

    private final String directive;
    private final Predicate<Result> met;

    PostCondition(String directive, Predicate<Result> met) {
        this.directive = directive;
        this.met = met;
    }

    public String directive() {
        return directive;
    }

    boolean isMetBy(Result result) {
        return met.test(result);
    }

    public static List<String> directives() {
        return Arrays.stream(values()).map(PostCondition::directive).toList();
    }

    public static Optional<PostCondition> of(String directive) {
        return Arrays.stream(values())
                .filter(condition -> condition.directive.equals(directive))
                .findFirst();
    }
}
