package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What commands that trust manifests need. */
final class VerificationKeyOption {
    @Option(
            names = "--verification-key",
            required = true,
            paramLabel = "FILE",
            description = "What the signatures of manifests are checked with, made by: openssl pkey -in SIGNING_KEY"
                    + " -pubout")
    private Path file;

    /** @throws io.jenkins.plugins.supabase.core.operation.DeliveryException when the file is none */
    VerificationKey key() {
        return VerificationKey.parse(BackupOptions.read(file));
    }
}
