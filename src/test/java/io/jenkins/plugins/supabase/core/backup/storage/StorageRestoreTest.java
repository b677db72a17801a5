package io.jenkins.plugins.supabase.core.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.restore.RestoredStorage;
import io.jenkins.plugins.supabase.core.backup.restore.StorageRestore;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage objects of a backup, put into another project. */
class StorageRestoreTest {
    private static final int SMALL = 100;
    private static final int ALL = SMALL + 3;

    @TempDir
    private Path folder;

    private final Map<String, byte[]> objects = new HashMap<>();
    private StorageFixture fixture;
    private StandInProject target;

    @BeforeEach
    void backUp() throws Exception {
        fixture = new StorageFixture(folder);
        fixture.bucket("avatars");
        for (int i = 0; i < SMALL; i++) {
            objects.put("users/" + i + ".txt", ("avatar " + i).getBytes(StandardCharsets.UTF_8));
        }
        byte[] large = new byte[9 << 20];
        new Random(9).nextBytes(large);
        objects.put("video", large);
        objects.put("empty", new byte[0]);
        objects.put("Ünï/コード 1.txt", "unicode".getBytes(StandardCharsets.UTF_8));
        fixture.project.objects().putAll("avatars", objects, "text/html");
        fixture.backUp();
        target = fixture.standIn.createProject("zyxwvutsrqponmlkjihg");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private RestoredStorage restore(boolean overwrite) throws InterruptedException {
        Environment environment =
                new Environment("staging", target.ref(), fixture.standIn.managementUrl(), target.url(), null);
        Access access = new Access(null, null, null, new SecretText(target.keys().secret()));
        return new StorageRestore(fixture.backups.store, overwrite, ManagementOptions.DEFAULT, line -> {})
                .run(fixture.backups.latest(), fixture.backups.second, environment, access);
    }

    private void assertAllThere() {
        objects.forEach((key, content) ->
                assertThat(target.objects().content("avatars", key)).as(key).hasValue(content));
    }

    @Test
    void allObjectsAreThereAndASecondTimeWritesNothing() throws Exception {
        RestoredStorage first = restore(false);

        assertAllThere();
        assertThat(target.buckets().names()).containsExactly("avatars");
        assertThat(first.written()).isEqualTo(ALL);
        assertThat(first.buckets()).isEqualTo(1);
        assertThat(fixture.standIn.requests().matching("POST /storage/v1/object/avatars/**"))
                .as("what describes them comes along")
                .allMatch(request -> request.headerNames().contains("cache-control"));
        assertThat(restore(false)).isEqualTo(new RestoredStorage(0, 0, 0, ALL, 0));
    }

    @Test
    void anotherObjectIsLeftAloneUnlessAskedFor() throws Exception {
        target.buckets().create("avatars", false);
        target.objects().put("avatars", "users/1.txt", "theirs".getBytes(StandardCharsets.UTF_8), "text/plain");
        target.objects().put("avatars", "users/2.txt", "AVATAR 2".getBytes(StandardCharsets.UTF_8), "text/plain");

        RestoredStorage kept = restore(false);

        assertThat(kept.different()).isEqualTo(2);
        assertThat(target.objects().content("avatars", "users/1.txt"))
                .hasValue("theirs".getBytes(StandardCharsets.UTF_8));
        assertThat(restore(true).written()).isEqualTo(2);
        assertAllThere();
    }

    @Test
    void whatFailsIsDoneByTheNextTry() throws Exception {
        target.faults().from(SMALL / 2, "POST /storage/v1/object/**", Fault.status(403));
        assertThatThrownBy(() -> restore(false)).isInstanceOf(DeliveryException.class);
        target.faults().clear();
        assertThat(target.objects().count()).isBetween(1, ALL - 1);
        target.faults().next("POST /storage/v1/object/**", 2, Fault.status(503));

        RestoredStorage rest = restore(false);

        assertThat(rest.written()).isPositive().isLessThan(ALL);
        assertThat(rest.written() + rest.same()).isEqualTo(ALL);
        assertAllThere();
    }
}
