package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.AllOf;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.AnyOf;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Branch;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Condition;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.EnvironmentIs;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Equal;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Expression;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Moment;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Not;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code when { … }}. */
final class WhenParser {
    private static final Set<String> CONDITIONS =
            Set.of("branch", "expression", "environment", "equals", "not", "allOf", "anyOf");
    private static final Map<String, Moment> MOMENTS = Map.of(
            "beforeOptions", Moment.BEFORE_OPTIONS,
            "beforeInput", Moment.BEFORE_INPUT,
            "beforeAgent", Moment.BEFORE_AGENT);

    private final Problems problems;
    private final Closures closures;

    WhenParser(Problems problems, Closures closures) {
        this.problems = problems;
        this.closures = closures;
    }

    When parse(Directive section) {
        Moment moment = Moment.BEFORE_STEPS;
        List<Condition> conditions = new ArrayList<>();
        for (Directive directive : directives(section)) {
            Moment asked = MOMENTS.get(directive.name());
            if (asked == null) {
                condition(directive).ifPresent(conditions::add);
            } else if (directive.word().filter("true"::equals).isPresent() && asked.compareTo(moment) < 0) {
                moment = asked;
            }
        }
        return new When(new AllOf(conditions), moment);
    }

    private Optional<Condition> condition(Directive directive) {
        return switch (directive.name()) {
            case "branch" -> Optional.of(new Branch(closures.add(directive.arguments())));
            case "environment" -> Optional.of(new EnvironmentIs(closures.add(directive.arguments())));
            case "equals" -> Optional.of(new Equal(closures.add(directive.arguments())));
            case "expression" -> expression(directive);
            case "not" -> not(directive);
            case "allOf" -> Optional.of(new AllOf(nested(directive)));
            case "anyOf" -> Optional.of(new AnyOf(nested(directive)));
            default -> {
                problems.unknown(directive, "when", CONDITIONS);
                yield Optional.empty();
            }
        };
    }

    private Optional<Condition> expression(Directive directive) {
        if (directive.block() == null) {
            problems.add(directive.node(), "'expression' needs a block");
            return Optional.empty();
        }
        return Optional.of(new Expression(closures.add(directive.block())));
    }

    private Optional<Condition> not(Directive directive) {
        List<Condition> nested = nested(directive);
        if (nested.size() != 1) {
            problems.add(directive.node(), "'not' takes exactly one condition");
            return Optional.empty();
        }
        return Optional.of(new Not(nested.get(0)));
    }

    private List<Condition> nested(Directive directive) {
        List<Condition> conditions = new ArrayList<>();
        directives(directive).forEach(nested -> condition(nested).ifPresent(conditions::add));
        return conditions;
    }

    private List<Directive> directives(Directive directive) {
        if (directive.block() == null) {
            problems.add(directive.node(), "'" + directive.name() + "' needs a block");
            return List.of();
        }
        return problems.directives(directive.block(), directive.name());
    }
}
