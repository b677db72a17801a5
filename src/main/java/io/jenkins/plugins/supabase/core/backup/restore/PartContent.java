package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartReader;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** What is in the parts of a backup. For several threads. */
final class PartContent {
    private final PartFetcher fetcher;
    private final PartReader reader;

    /** @throws DeliveryException when the identity is none of the backup's recipients */
    PartContent(BackupManifest manifest, PartFetcher fetcher, AgeIdentity identity) {
        if (!manifest.recipients().contains(identity.recipient())) {
            throw new DeliveryException("The backup " + manifest.id() + " cannot be read with the key of "
                    + identity.recipient() + ": it was made for "
                    + manifest.recipients().stream().map(Object::toString).collect(Collectors.joining(", "))
                    + ". None of its data was read and nothing was changed. Give the identity of one of those.");
        }
        this.fetcher = fetcher;
        this.reader = new PartReader(identity);
    }

    InputStream open(BackupPart part) throws IOException, InterruptedException {
        return open(fetcher.fetch(part));
    }

    InputStream open(byte[] file) throws IOException {
        return reader.open(file);
    }

    String text(BackupPart part) throws IOException, InterruptedException {
        try (InputStream stream = open(part)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
