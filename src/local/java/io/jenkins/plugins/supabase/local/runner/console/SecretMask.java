package io.jenkins.plugins.supabase.local.runner.console;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Replaces secrets that the pipeline was given by {@code ****} in whatever is printed after. */
public final class SecretMask {
    private static final String MASKED = "****";

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    /** @param secret a secret of several lines is masked line by line, since output is masked by lines */
    public void add(String secret) {
        secret.lines()
                .filter(line -> !line.isBlank() && !secrets.contains(line))
                .forEach(secrets::add);
        // The longest first: a secret that contains another must not leave its remainder readable.
        secrets.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** @return whether a value has something in it that is masked */
    public boolean hides(String value) {
        return !apply(value).equals(value);
    }

    String apply(String line) {
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASKED);
        }
        return masked;
    }
}
