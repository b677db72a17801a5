package io.jenkins.plugins.supabase.core.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.ForwardingDestination;
import io.jenkins.plugins.supabase.testing.SmallBackups;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One that is slow, hangs or fails meanwhile stops none of the others, and is made whole where that can be. */
@Timeout(60)
class SlowDestinationTest {
    private static final int PARTS = 20;
    private static final Instant TIME = Instant.parse("2026-11-30T03:00:00Z");

    @TempDir
    private Path folder;

    private final SmallBackups backups = new SmallBackups();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Gated slow;
    private Gated fast;
    private BackupStore store;
    private BackupStore.Name name;

    /** Lets nothing be written while its gate is closed, and fails where it is told to. */
    private static final class Gated extends ForwardingDestination {
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
        private volatile boolean readable = true;

        Gated(Destination destination) {
            super(destination);
        }

        private void pass() throws InterruptedException {
            gate.await();
            if (writesLeft.getAndDecrement() <= 0) {
                throw new DestinationException("The destination " + name() + " is full.");
            }
        }

        @Override
        public boolean putIfAbsent(String key, BlobContent content) throws InterruptedException {
            pass();
            return super.putIfAbsent(key, content);
        }

        @Override
        public void put(String key, BlobContent content) throws InterruptedException {
            pass();
            super.put(key, content);
        }

        @Override
        public InputStream open(String key) throws InterruptedException {
            if (!readable) {
                throw new DestinationException("The destination " + name() + " is gone.");
            }
            return super.open(key);
        }
    }

    @BeforeEach
    void create() throws Exception {
        fast = gated("fast");
        slow = gated("slow");
        slow.gate = new CountDownLatch(1);
        store = new BackupStore(SmallBackups.ENVIRONMENT, List.of(slow, fast));
        name = store.next(List.of(fast), TIME);
    }

    @AfterEach
    void stop() {
        slow.gate.countDown();
        threads.shutdownNow();
    }

    private Gated gated(String called) throws Exception {
        return new Gated(new FolderDestination(called, "", Files.createDirectory(folder.resolve(called))));
    }

    private PartSender sender(BackupStore to, int minDestinations) {
        return new PartSender(to, minDestinations, lines::add, Duration.ZERO, clock::get);
    }

    private List<BackupPart> send(PartSender sender) throws Exception {
        return backups.send(sender, Collections.nCopies(PARTS, PartKind.SEQUENCES), name.id());
    }

    private Future<List<String>> commit(PartSender sender, List<BackupPart> parts) {
        return threads.submit(() -> sender.commit(backups.manifest(name, TIME, parts), backups.signer()));
    }

    private void awaitListed(Destination destination) throws Exception {
        while (backups.listed(destination).isEmpty()) {
            Thread.sleep(10);
        }
    }

    private void assertWhole(Destination destination) throws Exception {
        assertThat(backups.listed(destination)).containsExactly(name.id());
        assertThat(backups.damages(destination)).isEmpty();
    }

    @Test
    void theOthersDoNotWaitAndItGetsTheRestFromThem() throws Exception {
        try (PartSender sender = sender(store, 2)) {
            List<BackupPart> parts = send(sender);
            assertThat(lines).singleElement().asString().startsWith("Destination slow is slower than the others");
            Future<List<String>> made = commit(sender, parts);
            awaitListed(fast);
            assertWhole(fast);
            assertThat(backups.listed(slow)).isEmpty();
            assertThat(made).isNotDone();

            slow.gate.countDown();
            assertThat(made.get()).containsExactly("slow", "fast");
            assertThat(sender.failures()).isEmpty();
        }
        assertWhole(slow);
        assertThat(lines).last().asString()
                .isEqualTo("Copying " + (PARTS - Lane.ROOM) + " parts to destination slow that it was too slow for");
    }

    @Test
    void theOnlyOneHoldsTheBackupUp() throws Exception {
        try (PartSender sender = sender(new BackupStore(SmallBackups.ENVIRONMENT, List.of(slow)), 1)) {
            CountDownLatch room = new CountDownLatch(Lane.ROOM);
            Future<?> sending = threads.submit(() -> {
                for (int i = 0; i < PARTS; i++) {
                    backups.send(sender, List.of(PartKind.SEQUENCES), name.id());
                    room.countDown();
                }
                return null;
            });
            room.await();
            clock.addAndGet(Duration.ofMinutes(5).toNanos());
            Thread.sleep(50);
            assertThat(sending).isNotDone();

            slow.gate.countDown();
            sending.get();
        }
    }

    @Test
    void aFullOneCompletesWhatOneThatIsBehindHas() throws Exception {
        fast.writesLeft.set(PARTS / 2);
        try (PartSender sender = sender(store, 1)) {
            Future<List<BackupPart>> sending = threads.submit(() -> send(sender));
            while (sender.failures().isEmpty()) {
                Thread.sleep(10);
            }
            slow.gate.countDown();

            assertThat(commit(sender, sending.get()).get()).containsExactly("slow");
            assertThat(sender.failures().get("fast")).contains("is full");
        }
        assertWhole(slow);
        assertThat(backups.listed(fast)).isEmpty();
    }

    @Test
    void whatNobodyHasAnyMoreIsNamedAndNothingIsListed() throws Exception {
        try (PartSender sender = sender(store, 1)) {
            List<BackupPart> parts = send(sender);
            fast.writesLeft.set(0);
            fast.readable = false;
            slow.gate.countDown();

            assertThatThrownBy(() -> sender.commit(backups.manifest(name, TIME, parts), backups.signer()))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("is in no destination only")
                    .hasMessageContaining("No destination has a sound copy of")
                    .hasMessageContaining("The destination fast is gone.");
        }
        assertThat(backups.listed(slow)).isEmpty();
    }

    @Test
    void oneThatFailsWhileItCatchesUpIsToldAndTheOthersKeepIt() throws Exception {
        slow.writesLeft.set(PARTS / 2);
        try (PartSender sender = sender(store, 2)) {
            List<BackupPart> parts = send(sender);
            slow.gate.countDown();

            assertThatThrownBy(() -> sender.commit(backups.manifest(name, TIME, parts), backups.signer()))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("is in fast only, and 2 destinations are wanted")
                    .hasMessageContaining("is full");
        }
        assertWhole(fast);
        assertThat(backups.listed(slow)).isEmpty();
    }

    @Test
    void oneThatHangsForGoodIsGivenUp() throws Exception {
        try (PartSender sender = sender(store, 1)) {
            List<BackupPart> parts = send(sender);
            Future<List<String>> made = commit(sender, parts);
            awaitListed(fast);
            clock.addAndGet(Lane.STALLED.plusMinutes(1).toNanos());

            assertThat(made.get()).containsExactly("fast");
            assertThat(sender.failures().get("slow")).contains("has taken nothing for 30 minutes");
        }
        assertWhole(fast);
    }

    @Test
    void aLittleSlowerIsWaitedFor() throws Exception {
        slow.gate.countDown();
        try (PartSender sender = new PartSender(store, 2, lines::add, Duration.ofHours(1), clock::get)) {
            List<BackupPart> parts = send(sender);

            assertThat(commit(sender, parts).get()).containsExactly("slow", "fast");
        }
        assertThat(lines).isEmpty();
        assertWhole(slow);
    }
}
