package io.jenkins.plugins.supabase.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds a release in a process of its own, to be told what the environment has done to it. */
final class BuildRelease {
    private BuildRelease() {}

    /** Prints the digest, the version and the notes, or why there are none. */
    public static void main(String[] arguments) throws Exception {
        try {
            Release release = ReleaseBuilder.of(Path.of(arguments[0])).build(Path.of(arguments[1]));
            System.out.println(release.digest());
            System.out.println(release.version());
            release.notes().forEach(System.out::println);
        } catch (DeliveryException e) {
            System.out.println(e.getMessage());
        }
    }

    /** @param prefix of the command, such as a shell that sets something before */
    static List<String> inOtherProcess(
            Path supabase, Path into, Map<String, String> environment, List<String> prefix, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BuildRelease.class.getName(),
                supabase.toString(),
                into.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
