package io.jenkins.plugins.supabase.local.runner.syntax;

import groovy.lang.Closure;
import groovy.lang.MetaMethod;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.local.runner.build.BuildParameter;
import io.jenkins.plugins.supabase.local.runner.script.PipelineScript;
import io.jenkins.plugins.supabase.local.runner.step.StepLibrary;
import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Finds calls of steps that do not exist here, as far as that can be seen without running anything. */
final class UnsupportedCalls extends ClassCodeVisitorSupport {
    /** Methods that call a closure as it is, so that a call without a receiver inside it is still a step. */
    private static final Set<String> ITERATIONS = Set.of(
            "each",
            "eachWithIndex",
            "reverseEach",
            "collect",
            "collectEntries",
            "find",
            "findAll",
            "any",
            "every",
            "times",
            "upto",
            "downto",
            "step",
            "inject",
            "sort",
            "groupBy",
            "call");

    private final StepLibrary library;
    private final Problems problems;
    private final Set<String> defined = new HashSet<>();
    private int foreignClosures;

    UnsupportedCalls(StepLibrary library, Problems problems) {
        this.library = library;
        this.problems = problems;
    }

    void inspect(ModuleNode module, ClassNode script) {
        module.getImports().forEach(this::refuseLibrary);
        module.getStarImports().forEach(this::refuseLibrary);
        module.getStaticImports().values().forEach(this::refuseLibrary);
        module.getStaticStarImports().values().forEach(this::refuseLibrary);
        ofGroovy(PipelineScript.class);
        ofGroovy(Closure.class);
        for (MethodNode method : script.getMethods()) {
            defined.add(method.getName());
        }
        new AssignedNames(defined).inspect(script, module);
        module.getStatementBlock().visit(this);
        for (MethodNode method : script.getMethods()) {
            if (!method.getName().equals("run") && !method.getName().equals("main")) {
                visitMethod(method);
            }
        }
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        boolean implicit = call.isImplicitThis() && call.getMethod() instanceof ConstantExpression;
        if (implicit) {
            inspect(call, call.getMethodAsString());
            super.visitMethodCallExpression(call);
            return;
        }
        boolean foreign = !ITERATIONS.contains(String.valueOf(call.getMethodAsString()));
        foreignClosures += foreign ? 1 : 0;
        super.visitMethodCallExpression(call);
        foreignClosures -= foreign ? 1 : 0;
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        refuseLibrary(declaration);
        super.visitDeclarationExpression(declaration);
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        if (variable.getName().equals("docker") && !defined.contains("docker")) {
            problems.add(variable, Refused.step("docker").orElseThrow());
        }
        super.visitVariableExpression(variable);
    }

    private void inspect(MethodCallExpression call, String name) {
        if (library.own(name).isPresent() && isMethodOfGroovy(name)) {
            call.setMethod(new ConstantExpression(PipelineScript.STEP_PREFIX + name));
            return;
        }
        if (foreignClosures > 0 || library.knows(name) || defined.contains(name) || isOfDeclarative(name)) {
            return;
        }
        problems.add(
                call,
                Refused.step(name)
                        .orElseGet(() -> "'" + name + "' is no step of the local runner"
                                + NearestName.hint(name, library.names())));
    }

    private static boolean isOfDeclarative(String name) {
        return name.equals("script") || BuildParameter.Kind.symbols().contains(name);
    }

    private boolean isMethodOfGroovy(String name) {
        return !InvokerHelper.getMetaClass(Object.class)
                .respondsTo(new Object(), name)
                .isEmpty();
    }

    private void ofGroovy(Class<?> type) {
        for (MetaMethod method : InvokerHelper.getMetaClass(type).getMethods()) {
            defined.add(method.getName());
        }
        for (MetaMethod method : InvokerHelper.getMetaClass(type).getMetaMethods()) {
            defined.add(method.getName());
        }
    }

    private void refuseLibrary(AnnotatedNode node) {
        for (AnnotationNode annotation : node.getAnnotations()) {
            if (annotation.getClassNode().getNameWithoutPackage().equals("Library")) {
                problems.refuse(annotation, "@Library", "there are no shared libraries here");
            }
        }
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return null;
    }

    /** The names that a Jenkinsfile gives to values, any of which may be a closure that is called. */
    private static final class AssignedNames extends ClassCodeVisitorSupport {
        private final Set<String> names;

        AssignedNames(Set<String> names) {
            this.names = names;
        }

        void inspect(ClassNode script, ModuleNode module) {
            module.getStatementBlock().visit(this);
            for (MethodNode method : script.getMethods()) {
                for (org.codehaus.groovy.ast.Parameter parameter : method.getParameters()) {
                    names.add(parameter.getName());
                }
                visitMethod(method);
            }
        }

        @Override
        public void visitBinaryExpression(BinaryExpression expression) {
            if (expression.getOperation().getText().equals("=")
                    && expression.getLeftExpression() instanceof VariableExpression variable) {
                names.add(variable.getName());
            }
            super.visitBinaryExpression(expression);
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            if (closure.getParameters() != null) {
                for (org.codehaus.groovy.ast.Parameter parameter : closure.getParameters()) {
                    names.add(parameter.getName());
                }
            }
            super.visitClosureExpression(closure);
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return null;
        }
    }
}
