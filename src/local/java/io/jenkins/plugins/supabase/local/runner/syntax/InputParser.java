package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Code;
import java.util.List;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;

/** Reads a stage's {@code input { message '…' … }} into the arguments of the step {@code input}. */
final class InputParser {
    private static final List<String> FIELDS =
            List.of("message", "id", "ok", "cancel", "submitter", "submitterParameter", "parameters");

    private final Problems problems;
    private final Closures closures;

    InputParser(Problems problems, Closures closures) {
        this.problems = problems;
        this.closures = closures;
    }

    Code parse(Directive section) {
        MapExpression arguments = new MapExpression();
        if (section.block() == null) {
            arguments.addMapEntryExpression(entry("message", section.arguments()));
            return closures.add(arguments);
        }
        for (Directive field : problems.directives(section.block(), "input")) {
            if (!FIELDS.contains(field.name())) {
                problems.unknown(field, "input", FIELDS);
            } else if (field.name().equals("parameters") && field.block() != null) {
                ListExpression declared = new ListExpression();
                problems.directives(field.block(), "parameters").forEach(one -> declared.addExpression(one.node()));
                arguments.addMapEntryExpression(entry("parameters", declared));
            } else {
                arguments.addMapEntryExpression(entry(field.name(), field.arguments()));
            }
        }
        return closures.add(arguments);
    }

    private static MapEntryExpression entry(String name, Expression value) {
        return new MapEntryExpression(new ConstantExpression(name), value);
    }
}
