package io.jenkins.plugins.supabase.core.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.BackupResult;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.S3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage objects in an S3 server; StorageBenchmark does it with 10,000. */
class StorageOnS3IT {
    private static final int OBJECTS = 1000;

    @TempDir
    private Path folder;

    @Test
    void aSecondRunMovesOnlyWhatChanged() throws Exception {
        try (StorageFixture fixture = new StorageFixture(folder);
                S3Server server = new S3Server(folder);
                Destination archive = server.settings(S3Server.BUCKET, null, S3Server.SECRET_KEY).open()) {
            fixture.bucket("files");
            Random random = new Random(7);
            Map<String, byte[]> objects = new HashMap<>();
            for (int i = 0; i < OBJECTS; i++) {
                byte[] content = new byte[random.nextInt(4096)];
                random.nextBytes(content);
                objects.put("folder/" + i, content);
            }
            fixture.project.objects().putAll("files", objects, "application/octet-stream");
            BackupStore store = new BackupStore("production", List.of(archive));

            BackupResult first = fixture.backUp(store);
            Set<String> there = keys(archive);
            assertThat(first.manifest().parts(PartKind.OBJECTS)).as("packed").hasSizeLessThan(OBJECTS / 100);

            for (int i = 0; i < 3; i++) {
                fixture.project.objects().put("files", "folder/" + i, new byte[] {(byte) i}, "text/plain");
            }
            long reads = fixture.reads();
            BackupResult second = fixture.backUp(store);

            assertThat(fixture.reads() - reads).isEqualTo(3);
            assertThat(second.manifest().storage().reused()).isEqualTo(OBJECTS - 3);
            Set<String> added = keys(archive);
            added.removeAll(there);
            Set<String> ofObjects = second.manifest().parts(PartKind.OBJECTS).stream()
                    .map(part -> "backups/production/parts/" + part.sha256().substring(0, 2) + "/" + part.sha256())
                    .collect(Collectors.toSet());
            assertThat(added).filteredOn(ofObjects::contains).as("parts of objects that were sent").hasSize(1);
        }
    }

    private static Set<String> keys(Destination destination) throws InterruptedException {
        return destination.list("backups/production/parts/").stream().map(BlobStat::key).collect(Collectors.toSet());
    }
}
