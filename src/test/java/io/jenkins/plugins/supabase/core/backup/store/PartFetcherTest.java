package io.jenkins.plugins.supabase.core.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.SmallBackups;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFetcherTest {
    @TempDir
    private Path root;

    @Test
    void aPartWithoutRoomInMemoryIsNotTakenForDamaged() throws Exception {
        SmallBackups backups = new SmallBackups();
        FolderDestination folder = new FolderDestination("near", "", root);
        backups.make(Instant.now(), folder);
        BackupStore store = new BackupStore(SmallBackups.ENVIRONMENT, List.of(folder));
        StoredBackup backup = store.find(BackupStore.LATEST, backups.key());
        PartFetcher fetcher = new PartFetcher(store, backup);
        BackupPart huge = new BackupPart(
                backup.manifest().parts().get(0).sha256(), Integer.MAX_VALUE, Integer.MAX_VALUE, PartKind.TABLE,
                "public", "big", List.of("t"), 1, "");

        assertThatThrownBy(() -> fetcher.fetch(huge))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("a part of table public.big", "-Xmx", "then try again");
        assertThatThrownBy(() -> fetcher.check(huge, true)).isInstanceOf(DeliveryException.class);
        assertThat(fetcher.damages()).isEmpty();
    }
}
