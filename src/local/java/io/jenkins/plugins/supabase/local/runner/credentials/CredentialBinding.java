package io.jenkins.plugins.supabase.local.runner.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.build.LocalRun;
import io.jenkins.plugins.supabase.local.runner.console.SecretMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables of {@code NAME = credentials('id')}, named as Jenkins names them: the secret itself,
 * {@code NAME_USR} and {@code NAME_PSW} beside {@code NAME=user:password}, or the path of a file that only its owner
 * may read, deleted when the binding is closed. Their values are masked in the log from then on.
 */
public final class CredentialBinding implements AutoCloseable {
    private final LocalRun build;
    private final SecretMask mask;
    private final List<Path> files = new ArrayList<>();

    public CredentialBinding(LocalRun build, SecretMask mask) {
        this.build = build;
        this.mask = mask;
    }

    public Map<String, String> bind(String variable, String id) throws IOException {
        StandardCredentials found =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, build, List.of());
        if (!(found instanceof LocalCredentials credentials)) {
            throw new AbortException("Could not find credentials entry with ID '" + id + "' for the variable "
                    + variable + ". Look at credentials.system.domainCredentials in the file given with --casc");
        }
        if (credentials instanceof LocalCredentials.Text text) {
            return secret(variable, text.secret().getPlainText());
        }
        return credentials instanceof LocalCredentials.UsernamePassword pair
                ? pair(variable, pair)
                : Map.of(variable, write((LocalCredentials.File) credentials).toString());
    }

    private Map<String, String> secret(String variable, String secret) {
        mask.add(secret);
        return Map.of(variable, secret);
    }

    private Map<String, String> pair(String variable, LocalCredentials.UsernamePassword pair) {
        String password = pair.password().getPlainText();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.putAll(secret(variable, pair.username() + ":" + password));
        variables.put(variable + "_USR", pair.username());
        variables.putAll(secret(variable + "_PSW", password));
        return variables;
    }

    private Path write(LocalCredentials.File credentials) throws IOException {
        Path directory = Files.createTempDirectory(
                "supabase-delivery-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = directory.resolve(Path.of(credentials.fileName()).getFileName());
        files.add(file);
        files.add(directory);
        Files.write(file, Base64.getDecoder().decode(credentials.base64().getPlainText()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        return file;
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
