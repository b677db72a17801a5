package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Code;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.stmt.ReturnStatement;

/** Collects what a declarative pipeline evaluates while it runs, so that it is compiled where it was written. */
final class Closures {
    private final List<Expression> collected = new ArrayList<>();

    Code add(ClosureExpression closure) {
        collected.add(closure);
        return new Code(collected.size() - 1);
    }

    Code add(Expression value) {
        ReturnStatement body = new ReturnStatement(value);
        body.setSourcePosition(value);
        ClosureExpression closure = new ClosureExpression(Parameter.EMPTY_ARRAY, body);
        closure.setVariableScope(new VariableScope());
        closure.setSourcePosition(value);
        return add(closure);
    }

    ListExpression asList() {
        return new ListExpression(collected);
    }
}
