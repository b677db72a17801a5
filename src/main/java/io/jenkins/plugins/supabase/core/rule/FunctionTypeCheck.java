package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.core.trace.Finding;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs {@code deno check} for edge functions, where Deno is on this machine. Nothing of them is executed. */
public final class FunctionTypeCheck {
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

    private final Path deno;
    private final Path root;
    private final long end;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private int unchecked;

    private FunctionTypeCheck(Path deno, Path root, Duration deadline) {
        this.deno = deno;
        this.root = root;
        this.end = System.nanoTime() + deadline.toNanos();
    }

    /**
     * @param findings in the order of functions, each once
     * @param notes    what was not checked, and why
     */
    public record Result(List<Finding> findings, List<String> notes) {
        public Result {
            findings = List.copyOf(findings);
            notes = List.copyOf(notes);
        }
    }

    /**
     * @param deadline for all functions
     * @throws InterruptedException once Deno has ended
     */
    public static Result run(SupabaseProject project, Duration deadline, Progress progress)
            throws InterruptedException {
        return run(project, deno(System.getenv()), deadline, progress);
    }

    static Result run(SupabaseProject project, Optional<Path> deno, Duration deadline, Progress progress)
            throws InterruptedException {
        if (project.functions().isEmpty()) {
            return new Result(List.of(), List.of());
        }
        if (deno.isEmpty()) {
            return new Result(List.of(),
                    List.of("Edge functions were not type-checked: deno is not on the agent (on its PATH,"
                    + " or named by the variable DENO)."));
        }
        FunctionTypeCheck check = new FunctionTypeCheck(deno.get(), project.directory().getParent(), deadline);
        check.all(project.functions());
        progress.line("Type-checked " + (project.functions().size() - check.unchecked) + " of "
                + project.functions().size() + " edge functions");
        return new Result(List.copyOf(check.findings), check.notes);
    }

    /** @return the program that DENO names, or the first one on the PATH */
    static Optional<Path> deno(Map<String, String> environment) {
        String named = environment.get("DENO");
        String path = environment.getOrDefault("PATH", "");
        Stream<Path> onPath = Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> Stream.of(Path.of(directory, "deno"), Path.of(directory, "deno.exe")));
        return Stream.concat(Stream.ofNullable(named).filter(name -> !name.isBlank()).map(Path::of), onPath)
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Functions with one import map go together, which is much quicker; where that fails, one by one. */
    private void all(List<EdgeFunction> functions) throws InterruptedException {
        Map<String, List<EdgeFunction>> byMap = new TreeMap<>();
        for (EdgeFunction function : functions) {
            String map = function.importMapPath() == null ? "" : function.importMapPath();
            byMap.computeIfAbsent(map, key -> new ArrayList<>()).add(function);
        }
        for (List<EdgeFunction> together : byMap.values()) {
            if (together.size() == 1 || !check(together).isClean()) {
                for (EdgeFunction function : together) {
                    take(function, check(List.of(function)));
                }
            }
        }
    }

    private void take(EdgeFunction function, DenoOutput output) {
        findings.addAll(output.findings());
        output.obstacle().ifPresent(obstacle -> {
            unchecked++;
            notes.add("Edge function " + function.slug() + " was not type-checked: " + obstacle + ".");
        });
    }

    private DenoOutput check(List<EdgeFunction> functions) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                deno.toString(), "check", "--quiet", "--no-lock", "--allow-import", "--node-modules-dir=none"));
        String map = functions.get(0).importMapPath();
        if (map == null) {
            command.add("--no-config");
        } else if (Path.of(map).getFileName().toString().startsWith("deno.json")) {
            command.add("--config=" + map);
        } else {
            command.addAll(List.of("--no-config", "--import-map=" + map));
        }
        functions.forEach(function -> command.add(function.entrypointPath()));
        return DenoOutput.of(command, root, Duration.ofNanos(end - System.nanoTime()));
    }
}
