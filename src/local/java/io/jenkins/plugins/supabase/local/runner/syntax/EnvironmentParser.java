package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code environment { NAME = value }}. */
final class EnvironmentParser {
    private final Problems problems;
    private final Closures closures;

    EnvironmentParser(Problems problems, Closures closures) {
        this.problems = problems;
        this.closures = closures;
    }

    List<Variable> parse(Directive section) {
        List<Variable> variables = new ArrayList<>();
        if (section.block() == null) {
            problems.add(section.node(), "'environment' needs a block");
            return variables;
        }
        for (Statement statement : Directive.statements(section.block())) {
            variable(statement)
                    .ifPresentOrElse(
                            variables::add,
                            () -> problems.add(statement, "Expected NAME = value inside 'environment'"));
        }
        return variables;
    }

    private Optional<Variable> variable(Statement statement) {
        boolean assigns = statement instanceof ExpressionStatement expression
                && expression.getExpression() instanceof BinaryExpression assignment
                && assignment.getOperation().getText().equals("=")
                && assignment.getLeftExpression() instanceof VariableExpression;
        if (!assigns) {
            return Optional.empty();
        }
        BinaryExpression assignment = (BinaryExpression) ((ExpressionStatement) statement).getExpression();
        String name = ((VariableExpression) assignment.getLeftExpression()).getName();
        Optional<Directive> credentials = Directive.of(assignment.getRightExpression())
                .filter(call -> call.name().equals("credentials"));
        return Optional.of(new Variable(
                name,
                credentials.isPresent(),
                closures.add(credentials.map(Directive::arguments).orElse(assignment.getRightExpression()))));
    }
}
