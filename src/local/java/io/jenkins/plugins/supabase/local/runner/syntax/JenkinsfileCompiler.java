package io.jenkins.plugins.supabase.local.runner.syntax;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.transform.ThreadInterrupt;
import io.jenkins.plugins.supabase.local.runner.script.NonCPS;
import io.jenkins.plugins.supabase.local.runner.script.PipelineScript;
import io.jenkins.plugins.supabase.local.runner.step.StepLibrary;
import java.util.List;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;

/** Compiles a Jenkinsfile, and refuses it if something in it cannot be run here. */
public final class JenkinsfileCompiler {
    private final StepLibrary library;

    public JenkinsfileCompiler(StepLibrary library) {
        this.library = library;
    }

    /** @param fileName what messages call the file, such as {@code Jenkinsfile} */
    public CompiledJenkinsfile compile(String text, String fileName) throws JenkinsfileException {
        JenkinsfileCustomizer customizer = new JenkinsfileCustomizer(library);
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        configuration.setSourceEncoding("UTF-8");
        configuration.addCompilationCustomizers(
                customizer,
                // What Jenkins imports into every Jenkinsfile.
                new ImportCustomizer()
                        .addStarImports("hudson.model", "jenkins.model")
                        .addImports(NonCPS.class.getName()),
                // So that a loop without any step in it stops, too.
                new ASTTransformationCustomizer(ThreadInterrupt.class));
        PipelineScript script;
        try {
            script = (PipelineScript)
                    new GroovyShell(PipelineScript.class.getClassLoader(), new Binding(), configuration)
                            .parse(text, fileName);
        } catch (MultipleCompilationErrorsException e) {
            List<Problem> refused = customizer.problems().all();
            throw new JenkinsfileException(fileName, refused.isEmpty() ? syntaxErrors(e) : refused);
        }
        if (!customizer.problems().all().isEmpty()) {
            throw new JenkinsfileException(fileName, customizer.problems().all());
        }
        return new CompiledJenkinsfile(
                script, customizer.pipeline(), customizer.problems().notes());
    }

    private static List<Problem> syntaxErrors(MultipleCompilationErrorsException e) {
        List<?> errors = e.getErrorCollector().getErrors();
        return errors.stream()
                .map(error -> error instanceof SyntaxErrorMessage message
                        ? new Problem(
                                message.getCause().getLine(), message.getCause().getOriginalMessage())
                        : new Problem(0, e.getMessage()))
                .toList();
    }
}
