package io.jenkins.plugins.supabase.local.runner.declarative;

import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.AllOf;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.AnyOf;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Branch;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Condition;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.EnvironmentIs;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Equal;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Expression;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Not;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** Decides whether a stage runs. */
final class Conditions {
    private final PipelineRun run;
    private final Evaluator evaluator;

    Conditions(PipelineRun run, Evaluator evaluator) {
        this.run = run;
        this.evaluator = evaluator;
    }

    boolean isMet(Condition condition) throws Exception {
        if (condition instanceof AllOf all) {
            return allOf(all.conditions());
        }
        if (condition instanceof AnyOf any) {
            return anyOf(any.conditions());
        }
        if (condition instanceof Not not) {
            return !isMet(not.condition());
        }
        if (condition instanceof Expression expression) {
            return DefaultTypeTransformation.castToBoolean(evaluator.value(expression.expression()));
        }
        if (condition instanceof Branch branch) {
            return branch(evaluator.arguments(branch.pattern()));
        }
        if (condition instanceof EnvironmentIs variable) {
            return environment(evaluator.arguments(variable.arguments()));
        }
        Map<String, Object> equal = evaluator.arguments(((Equal) condition).arguments());
        return DefaultTypeTransformation.compareEqual(equal.get("expected"), equal.get("actual"));
    }

    private boolean allOf(List<Condition> conditions) throws Exception {
        for (Condition condition : conditions) {
            if (!isMet(condition)) {
                return false;
            }
        }
        return true;
    }

    private boolean anyOf(List<Condition> conditions) throws Exception {
        for (Condition condition : conditions) {
            if (isMet(condition)) {
                return true;
            }
        }
        return false;
    }

    private boolean environment(Map<String, Object> arguments) {
        String actual = run.environment().get(String.valueOf(arguments.get("name")));
        String expected = Objects.toString(arguments.get("value"), "");
        boolean ignoreCase = Boolean.parseBoolean(Objects.toString(arguments.get("ignoreCase"), "false"));
        return ignoreCase ? expected.equalsIgnoreCase(actual) : expected.equals(actual);
    }

    private boolean branch(Map<String, Object> arguments) throws AbortException {
        Map<String, String> environment = run.environment();
        String branch = environment.getOrDefault("BRANCH_NAME", environment.get("GIT_LOCAL_BRANCH"));
        if (branch == null) {
            return false;
        }
        Object sole = arguments.getOrDefault(SymbolCall.SOLE, arguments.get("pattern"));
        String pattern = Objects.toString(sole, "");
        String comparator = Objects.toString(arguments.get("comparator"), "GLOB");
        return switch (comparator) {
            case "GLOB" -> glob(pattern).matcher(branch).matches();
            case "REGEXP" -> Pattern.matches(pattern, branch);
            case "EQUALS" -> pattern.equals(branch);
            default ->
                throw new AbortException(
                        "The comparator of 'branch' is GLOB, REGEXP or EQUALS, not '" + comparator + "'");
        };
    }

    /** Ant's patterns, in any case as in Jenkins: {@code **} crosses slashes, {@code *} and {@code ?} do not. */
    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' && pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (c == '*' && pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }
}
