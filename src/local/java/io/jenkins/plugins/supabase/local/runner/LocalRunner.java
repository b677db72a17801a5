package io.jenkins.plugins.supabase.local.runner;

import hudson.model.Result;
import io.jenkins.plugins.supabase.local.runner.build.BuildFolder;
import io.jenkins.plugins.supabase.local.runner.build.Interruption;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.build.UsageException;
import io.jenkins.plugins.supabase.local.runner.casc.CascException;
import io.jenkins.plugins.supabase.local.runner.casc.Configuration;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentialsProvider;
import io.jenkins.plugins.supabase.local.runner.step.Answers;
import io.jenkins.plugins.supabase.local.runner.step.FailureReport;
import io.jenkins.plugins.supabase.local.runner.step.RunnerSteps;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import io.jenkins.plugins.supabase.local.runner.step.StepLibrary;
import io.jenkins.plugins.supabase.local.runner.step.TerminalDesk;
import io.jenkins.plugins.supabase.local.runner.syntax.CompiledJenkinsfile;
import io.jenkins.plugins.supabase.local.runner.syntax.JenkinsfileCompiler;
import io.jenkins.plugins.supabase.local.runner.syntax.JenkinsfileException;
import io.jenkins.plugins.supabase.local.runner.syntax.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Runs a Jenkinsfile without a controller. */
public final class LocalRunner {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Console console;
    private final StepLibrary library;
    private final Answers answers;
    private PipelineRun current;
    private String abortReason;

    /** @param answers where the answers to {@code input} are read from */
    public LocalRunner(PrintStream out, InputStream answers) {
        this(out, new Answers(answers));
    }

    private LocalRunner(PrintStream out, Answers answers) {
        this(out, new StepLibrary(RunnerSteps.all(answers), StepDescriptor.all()), answers);
    }

    LocalRunner(PrintStream out, StepLibrary library, Answers answers) {
        this.console = new Console(out);
        this.library = library;
        this.answers = answers;
    }

    /** Runs on the calling thread until the pipeline has ended. */
    public ExitCode run(RunRequest request) {
        try {
            Configuration configuration = new Configuration(request.environment(), console::note);
            configuration.apply(request.casc());
            CompiledJenkinsfile jenkinsfile =
                    new JenkinsfileCompiler(library).compile(read(request.jenkinsfile()), name(request.jenkinsfile()));
            try (BuildFolder folder = new BuildFolder(request.output());
                    LocalCredentialsProvider offered =
                            LocalCredentialsProvider.register(configuration.credentials())) {
                PipelineRun run = new PipelineRun(
                        console,
                        request.workspace(),
                        request.user(),
                        BuildEnvironment.of(request, configuration.secretVariables()),
                        request.parameters(),
                        folder,
                        new TerminalDesk(console, answers, request.voters()));
                return run(jenkinsfile, run);
            }
        } catch (UsageException | CascException | JenkinsfileException e) {
            console.line("ERROR: " + e.getMessage());
            console.line("Nothing was run.");
            return ExitCode.USAGE;
        }
    }

    /** Aborts the pipeline that runs, or the next one; returns at once. Callable from any thread. */
    public synchronized void abort(String reason) {
        abortReason = reason;
        if (current != null) {
            current.interruptions().interrupt(Interruption.aborted(reason));
        }
    }

    private synchronized void begin(PipelineRun run) {
        current = run;
        if (abortReason != null) {
            abort(abortReason);
        }
    }

    private synchronized void end() {
        current = null;
    }

    private ExitCode run(CompiledJenkinsfile jenkinsfile, PipelineRun run) throws UsageException {
        console.line("Started by user " + run.user());
        for (Problem note : jenkinsfile.notes()) {
            console.note("Line " + note.line() + ": " + note.message());
        }
        console.pipeline("Start of Pipeline");
        begin(run);
        try {
            jenkinsfile.run(new StepInvoker(library, run));
            console.pipeline("End of Pipeline");
        } catch (UsageException e) {
            throw e;
        } catch (InterruptedException e) {
            fail(run, run.interruptions().reasonOf(e));
        } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
            fail(run, e);
        } finally {
            end();
        }
        Result result = run.state().currentResult();
        console.line("Finished: " + result);
        return ExitCode.of(result);
    }

    private void fail(PipelineRun run, Throwable failure) {
        console.endLine();
        console.pipeline("End of Pipeline");
        FailureReport.print(failure, console);
        run.state()
                .worsen(
                        failure instanceof FlowInterruptedException interruption
                                ? interruption.getResult()
                                : Result.FAILURE);
    }

    private static String read(Path jenkinsfile) throws UsageException {
        try {
            String text = Files.readString(jenkinsfile);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (IOException e) {
            throw new UsageException(
                    Files.exists(jenkinsfile)
                            ? "The Jenkinsfile " + jenkinsfile + " cannot be read as UTF-8 text"
                            : "There is no file " + jenkinsfile);
        }
    }

    private static String name(Path jenkinsfile) {
        return jenkinsfile.getFileName().toString();
    }
}
