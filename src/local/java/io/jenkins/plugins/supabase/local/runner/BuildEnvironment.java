package io.jenkins.plugins.supabase.local.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The environment variables that a build has on a controller, made of what is known here. */
final class BuildEnvironment {
    private static final long GIT_SECONDS = 5;

    private BuildEnvironment() {}

    /** @param withheld variables of this process that the pipeline must not see */
    static Map<String, String> of(RunRequest request, Set<String> withheld) {
        Map<String, String> variables = new TreeMap<>(request.environment());
        variables.keySet().removeAll(withheld);
        variables.put("BUILD_NUMBER", "1");
        variables.put("BUILD_ID", "1");
        variables.put("BUILD_DISPLAY_NAME", "#1");
        variables.put("JOB_NAME", "local");
        variables.put("JOB_BASE_NAME", "local");
        variables.put("BUILD_TAG", "jenkins-local-1");
        git(request.workspace(), "rev-parse", "--abbrev-ref", "HEAD")
                .filter(branch -> !branch.equals("HEAD"))
                .ifPresent(branch -> variables.putIfAbsent("BRANCH_NAME", branch));
        git(request.workspace(), "rev-parse", "HEAD").ifPresent(commit -> variables.putIfAbsent("GIT_COMMIT", commit));
        return variables;
    }

    /** @return empty without git, or outside a repository */
    private static Optional<String> git(Path folder, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return process.exitValue() == 0 && !output.isEmpty() ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
