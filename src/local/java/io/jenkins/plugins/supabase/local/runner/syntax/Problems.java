package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** What was found in a Jenkinsfile before it ran: why it cannot run, and what is ignored. */
final class Problems {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();

    void add(ASTNode node, String message) {
        problems.add(Problem.at(node, message));
    }

    void refuse(ASTNode node, String what, String reason) {
        add(node, "'" + what + "' is not supported by the local runner" + (reason.isEmpty() ? "" : ": " + reason));
    }

    void note(ASTNode node, String message) {
        notes.add(Problem.at(node, message));
    }

    /** A directive that is not supported here, or that nobody knows. */
    void unknown(Directive directive, String where, Collection<String> known) {
        add(
                directive.node(),
                Refused.step(directive.name())
                        .or(() -> Refused.directive(directive.name()))
                        .orElseGet(() -> "'" + directive.name() + "' is not known inside '" + where + "', only "
                                + String.join(", ", new TreeSet<>(known))
                                + NearestName.hint(directive.name(), known)));
    }

    List<Directive> directives(ClosureExpression block, String where) {
        List<Directive> directives = new ArrayList<>();
        for (Statement statement : Directive.statements(block)) {
            Directive.of(statement)
                    .ifPresentOrElse(
                            directives::add,
                            () -> add(
                                    statement,
                                    "Expected a directive inside '" + where
                                            + "', and each directive on a line of its own"));
        }
        return directives;
    }

    List<Problem> all() {
        return problems;
    }

    List<Problem> notes() {
        return notes;
    }
}
