package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel;
import io.jenkins.plugins.supabase.local.runner.step.StepLibrary;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Works on the syntax tree before Groovy resolves any name in it: reads the declarative pipeline out of it, leaves a
 * call with its closures in its place, and looks for what is not supported.
 */
final class JenkinsfileCustomizer extends CompilationCustomizer {
    private final Problems problems = new Problems();
    private final StepLibrary library;
    private PipelineModel pipeline;

    JenkinsfileCustomizer(StepLibrary library) {
        super(CompilePhase.CONVERSION);
        this.library = library;
    }

    Problems problems() {
        return problems;
    }

    /** @return null for a scripted pipeline */
    PipelineModel pipeline() {
        return pipeline;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (!type.isScript()) {
            return;
        }
        ModuleNode module = source.getAST();
        List<Statement> statements = module.getStatementBlock().getStatements();
        for (int i = 0; i < statements.size(); i++) {
            Optional<Directive> directive = Directive.of(statements.get(i)).filter(DeclarativeParser::isPipeline);
            if (directive.isPresent()) {
                statements.set(i, replacement(directive.get()));
            }
        }
        new UnsupportedCalls(library, problems).inspect(module, type);
    }

    private Statement replacement(Directive directive) {
        if (pipeline != null) {
            problems.add(directive.node(), "A Jenkinsfile holds one pipeline { … }, this is another");
        }
        Closures closures = new Closures();
        pipeline = new DeclarativeParser(problems, closures).parse(directive);
        MethodCallExpression call = new MethodCallExpression(
                VariableExpression.THIS_EXPRESSION, "runDeclarative", new ArgumentListExpression(closures.asList()));
        call.setSourcePosition(directive.node());
        Statement statement = new ExpressionStatement(call);
        statement.setSourcePosition(directive.node());
        return statement;
    }
}
