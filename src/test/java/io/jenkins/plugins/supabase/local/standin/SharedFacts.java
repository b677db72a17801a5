package io.jenkins.plugins.supabase.local.standin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The OpenAPI document and the recorded exchanges of the real API. Too large for this repository, so beside it. */
public final class SharedFacts {
    private static final Path FOLDER = Path.of(System.getProperty("supabase.facts", "../shared/supabase"));

    private SharedFacts() {}

    /** Skips the test where there is no such file. */
    public static Path required(String name) {
        Path path = FOLDER.resolve(name);
        assumeTrue(Files.exists(path), () -> path + " is not there; -Dsupabase.facts names its folder");
        return path;
    }
}
