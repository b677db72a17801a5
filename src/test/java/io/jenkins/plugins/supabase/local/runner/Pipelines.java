package io.jenkins.plugins.supabase.local.runner;

import io.jenkins.plugins.supabase.core.promotion.Voter;
import io.jenkins.plugins.supabase.local.runner.step.Answers;
import io.jenkins.plugins.supabase.local.runner.step.RunnerSteps;
import io.jenkins.plugins.supabase.local.runner.step.StepLibrary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Runs Jenkinsfiles of tests in a folder of the test. */
public final class Pipelines {
    private final Path folder;
    private final List<StepDescriptor> pluginSteps = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>(System.getenv());
    private final Map<String, String> parameters = new HashMap<>();
    private final List<Path> casc = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private String answers = "";
    private List<Voter> approvers = List.of();
    private LocalRunner runner;

    public Pipelines(Path folder) {
        this.folder = folder;
    }

    /** What a run printed and ended with. */
    public record Outcome(ExitCode code, String log) {
        public List<String> lines() {
            return log.lines().toList();
        }
    }

    public Pipelines step(StepDescriptor descriptor) {
        pluginSteps.add(descriptor);
        return this;
    }

    public Pipelines variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Pipelines parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public Pipelines answers(String... lines) {
        answers = String.join("\n", lines) + "\n";
        return this;
    }

    /** Who is at the terminal to approve promotions; alice where nobody is named. */
    public Pipelines approvers(Voter... voters) {
        approvers = List.of(voters);
        return this;
    }

    public Pipelines noAnswers() {
        answers = "";
        return this;
    }

    public Pipelines casc(String yaml) throws IOException {
        casc.add(Files.writeString(folder.resolve("jenkins" + casc.size() + ".yaml"), yaml));
        return this;
    }

    public Pipelines cascAt(Path path) {
        casc.add(path);
        return this;
    }

    public Outcome run(String jenkinsfile) throws IOException {
        return runFile(Files.writeString(folder.resolve("Jenkinsfile"), jenkinsfile));
    }

    public Outcome runFile(Path file) {
        Answers typed = new Answers(new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)));
        runner = new LocalRunner(
                new PrintStream(log, true, StandardCharsets.UTF_8),
                new StepLibrary(RunnerSteps.all(typed), pluginSteps),
                typed);
        ExitCode code = runner.run(
                new RunRequest(file, casc, folder, "alice", parameters, environment, null, approvers));
        return new Outcome(code, logSoFar());
    }

    /** Aborts what {@link #run} runs, from another thread. */
    public void abort() {
        runner.abort("Aborted by alice");
    }

    public String logSoFar() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
