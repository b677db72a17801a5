package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.promotion.Voter;
import io.jenkins.plugins.supabase.local.runner.LocalRunner;
import io.jenkins.plugins.supabase.local.runner.RunRequest;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: runs a Jenkinsfile. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Runs the steps of a Jenkinsfile on this machine.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failed or aborted",
            "2:unstable",
            "3:called or configured wrongly, or the Jenkinsfile holds what is not supported; nothing was run"
        })
final class RunCommand implements Callable<Integer> {
    /** How long Ctrl-C waits for the pipeline to stop what it does. */
    private static final long SECONDS_TO_STOP = 15;

    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JENKINSFILE", description = "The pipeline to run, scripted or declarative.")
    private Path jenkinsfile;

    @Option(
            names = "--casc",
            paramLabel = "FILE",
            description = "Configuration as Code: the very file, or folder of files, that configures the controller."
                    + " May be given several times.")
    private List<Path> casc = new ArrayList<>();

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Where the pipeline works. Default: the Jenkinsfile's folder.")
    private Path workspace;

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "Who runs the pipeline and answers its inputs. Default: the operating system's user.")
    private String user = System.getProperty("user.name");

    @Option(
            names = "--approver",
            paramLabel = "ID[=GROUP,GROUP]",
            description = "Somebody at the terminal who is asked to approve promotions, with the groups that count"
                    + " for the gate. May be given several times. Default: the user.")
    private List<String> approvers = new ArrayList<>();

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the build. May be given several times.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where plans, records of deployments and releases are kept. Default: nowhere.")
    private Path output;

    RunCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Path file = jenkinsfile.toAbsolutePath().normalize();
        Path directory = workspace == null
                ? file.getParent()
                : workspace.toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "The workspace " + directory + " is not a folder");
        }
        LocalRunner runner = new LocalRunner(out, System.in);
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> stop(runner, ended), "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return runner.run(new RunRequest(
                            file,
                            casc,
                            directory,
                            user,
                            parameters,
                            System.getenv(),
                            output == null ? null : output.toAbsolutePath().normalize(),
                            approvers.stream().map(RunCommand::voter).toList()))
                    .code();
        } finally {
            ended.countDown();
        }
    }

    private static Voter voter(String written) {
        String[] parts = written.split("=", 2);
        return Voter.of(parts[0].strip(), parts.length == 1 ? new String[0] : parts[1].strip().split("\\s*,\\s*"));
    }

    private void stop(LocalRunner runner, CountDownLatch ended) {
        runner.abort("Aborted by " + user);
        try {
            ended.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
