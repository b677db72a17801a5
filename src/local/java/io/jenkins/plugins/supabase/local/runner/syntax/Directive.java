package io.jenkins.plugins.supabase.local.runner.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * One directive of a declarative pipeline: a name, arguments, perhaps a block.
 *
 * @param positional arguments without a name
 * @param named      arguments with names, or null
 * @param block      or null
 */
record Directive(
        String name,
        MethodCallExpression node,
        List<Expression> positional,
        MapExpression named,
        ClosureExpression block) {
    static Optional<Directive> of(Statement statement) {
        return statement instanceof ExpressionStatement expression ? of(expression.getExpression()) : Optional.empty();
    }

    static Optional<Directive> of(Expression expression) {
        boolean callsByName = expression instanceof MethodCallExpression call
                && call.isImplicitThis()
                && call.getMethod() instanceof ConstantExpression;
        if (!callsByName) {
            return Optional.empty();
        }
        MethodCallExpression call = (MethodCallExpression) expression;
        List<Expression> positional = new ArrayList<>();
        MapExpression named = null;
        ClosureExpression block = null;
        for (Expression argument : ((TupleExpression) call.getArguments()).getExpressions()) {
            if (argument instanceof MapExpression map) {
                named = map;
            } else if (argument instanceof ClosureExpression closure) {
                block = closure;
            } else {
                positional.add(argument);
            }
        }
        return Optional.of(new Directive(call.getMethodAsString(), call, List.copyOf(positional), named, block));
    }

    static List<Statement> statements(ClosureExpression block) {
        return block.getCode() instanceof BlockStatement statements
                ? statements.getStatements()
                : List.of(block.getCode());
    }

    /** @return the constant or the word that is the only argument */
    Optional<String> word() {
        if (positional.size() != 1 || named != null || block != null) {
            return Optional.empty();
        }
        if (positional.get(0) instanceof ConstantExpression constant) {
            return Optional.of(String.valueOf(constant.getValue()));
        }
        return positional.get(0) instanceof VariableExpression variable
                ? Optional.of(variable.getName())
                : Optional.empty();
    }

    /** @return all arguments as one expression: the map, or the only value, or an empty map */
    Expression arguments() {
        if (named != null) {
            return new MapExpression(named.getMapEntryExpressions());
        }
        return positional.size() == 1 ? positional.get(0) : new MapExpression();
    }

    /** @return the names of the named arguments that are written as plain words */
    List<String> argumentNames() {
        return named == null
                ? List.of()
                : named.getMapEntryExpressions().stream()
                        .map(entry -> entry.getKeyExpression().getText())
                        .toList();
    }
}
