package io.jenkins.plugins.supabase.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseStoreTest {
    private static final Publisher ALICE = new Publisher("alice", "https://jenkins.example.com/job/shop/7/");

    @TempDir
    Path directory;

    private Path into;
    private Destination near;
    private Destination far;
    private ReleaseStore store;

    @BeforeEach
    void open() throws IOException {
        into = Files.createDirectory(directory.resolve("into"));
        near = folder("near");
        far = folder("far");
        store = new ReleaseStore(List.of(near, far));
    }

    @Test
    void publishesEverywhereAndFetchesByVersionAndByDigest() throws Exception {
        Release release = release("1.0.0", "select 1;\n");

        PublishResult result = store.publish(release, ALICE);

        assertThat(result.stored()).containsExactly("near", "far");
        assertThat(result.failures()).isEmpty();
        for (Destination destination : List.of(near, far)) {
            assertThat(destination.list(""))
                    .extracting(BlobStat::key)
                    .containsExactly("releases/" + release.digest() + ".zip", "releases/versions/1.0.0.json");
        }
        Release byVersion = store.fetch("1.0.0", into);
        Release byDigest = store.fetch(release.digest(), into);
        assertThat(byVersion.bundle()).hasSameBinaryContentAs(release.bundle());
        assertThat(byVersion).isEqualTo(byDigest);
        assertThat(byVersion.manifest()).isEqualTo(release.manifest());
        assertThat(byVersion.branch()).isEqualTo("main");
    }

    @Test
    void saysWhoPublishedWhatAndWhen() throws Exception {
        Release release = release("1.0.0", "select 1;\n");
        Instant before = Instant.now();
        store.publish(release, ALICE);

        assertThat(store.publications()).singleElement().satisfies(publication -> {
            assertThat(publication.version()).isEqualTo("1.0.0");
            assertThat(publication.digest()).isEqualTo(release.digest());
            assertThat(publication.size()).isEqualTo(release.size());
            assertThat(publication.commit()).isEqualTo(release.manifest().commit()).hasSize(40);
            assertThat(publication.branch()).isEqualTo("main");
            assertThat(publication.author()).isEqualTo("Åsa Øst <asa@example.com>");
            assertThat(publication.committedAt()).isEqualTo("2026-09-15T08:20:30Z");
            assertThat(publication.modified()).isFalse();
            assertThat(publication.tool()).startsWith("Supabase Delivery");
            assertThat(publication.publishedAt()).isBetween(before, Instant.now());
            assertThat(publication.publishedBy()).isEqualTo("alice");
            assertThat(publication.build()).isEqualTo("https://jenkins.example.com/job/shop/7/");
        });
    }

    @Test
    void publishingAgainChangesNothing() throws Exception {
        Release release = release("1.0.0", "select 1;\n");
        store.publish(release, ALICE);
        List<BlobStat> before = near.list("");

        PublishResult again = store.publish(release, new Publisher("bob", null));

        assertThat(again.stored()).containsExactly("near", "far");
        assertThat(near.list("")).isEqualTo(before);
        assertThat(store.publications()).extracting(Publication::publishedBy).containsExactly("alice");
    }

    @Test
    void aVersionIsNeverMovedToAnotherBundle() throws Exception {
        Release first = release("1.0.0", "select 1;\n");
        Release second = release("1.0.0", "select 2;\n");
        new ReleaseStore(List.of(far)).publish(first, ALICE);

        assertThatThrownBy(() -> store.publish(second, new Publisher("bob", null)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("1.0.0 was not published: in the destination far")
                .hasMessageContaining(first.digest())
                .hasMessageContaining(second.digest())
                .hasMessageContaining("by alice")
                .hasMessageContaining("Choose another version");
        assertThat(near.list("")).isEmpty();
        assertThat(store.fetch("1.0.0", into).digest()).isEqualTo(first.digest());
    }

    @Test
    void aDestinationThatIsAwayStopsNothingAndIsCompletedLater() throws Exception {
        Release release = release("1.0.0", "select 1;\n");
        Path away = directory.resolve("near-away");
        Files.move(directory.resolve("near"), away);

        PublishResult result = store.publish(release, ALICE);

        assertThat(result.stored()).containsExactly("far");
        assertThat(result.failures()).singleElement().asString().contains("near", "is not there");
        Release fetched = store.fetch("1.0.0", into);
        assertThat(fetched.digest()).isEqualTo(release.digest());
        assertThat(fetched.notes()).singleElement().asString().contains("near");

        Files.move(away, directory.resolve("near"));
        assertThat(store.publish(release, ALICE).stored()).containsExactly("near", "far");
        assertThat(near.list("")).hasSameSizeAs(far.list("")).isNotEmpty();
    }

    @Test
    void nowhereIsAnError() throws Exception {
        Release release = release("1.0.0", "select 1;\n");
        Files.delete(directory.resolve("near"));
        Files.delete(directory.resolve("far"));

        assertThatThrownBy(() -> store.publish(release, ALICE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("published nowhere", "near", "far");
        assertThatThrownBy(() -> store.publications()).isInstanceOf(DeliveryException.class);
    }

    @Test
    void aDamagedCopyIsNamedAndTheNextOneIsTaken() throws Exception {
        Release release = release("1.0.0", "select 1;\n");
        store.publish(release, ALICE);
        flip(near, release);

        Release fetched = store.fetch("1.0.0", into);

        assertThat(fetched.bundle()).hasSameBinaryContentAs(release.bundle());
        assertThat(fetched.notes())
                .singleElement()
                .asString()
                .contains("The copy in the destination near is damaged", release.digest());
        flip(far, release);
        assertThatThrownBy(() -> store.fetch("1.0.0", into))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("near is damaged", "far is damaged");
        assertThat(into).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void aShortCopyIsReplacedByTheNextPublisher() throws Exception {
        Release release = release("1.0.0", "select 1;\n");
        store.publish(release, ALICE);
        Files.write(bundle(near, release), new byte[100]);

        store.publish(release, ALICE);

        assertThat(bundle(near, release)).hasSameBinaryContentAs(release.bundle());
    }

    @Test
    void destinationsThatDisagreeAreNotBelieved() throws Exception {
        Release first = release("1.0.0", "select 1;\n");
        Release second = release("1.0.0", "select 2;\n");
        new ReleaseStore(List.of(near)).publish(first, ALICE);
        new ReleaseStore(List.of(far)).publish(second, ALICE);

        assertThatThrownBy(() -> store.fetch("1.0.0", into))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("do not agree", "near says " + first.digest(), "far says " + second.digest());
        assertThat(store.fetch(second.digest(), into).digest()).isEqualTo(second.digest());
    }

    @Test
    void aVersionWhoseBundleIsAnotherVersionIsNotBelieved() throws Exception {
        Release release = release("1.0.0", "select 1;\n");
        store.publish(release, ALICE);
        for (String destination : List.of("near", "far")) {
            Path versions = directory.resolve(destination).resolve("releases/versions");
            Files.copy(versions.resolve("1.0.0.json"), versions.resolve("2.0.0.json"));
        }

        assertThatThrownBy(() -> store.fetch("2.0.0", into))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("is the version 1.0.0");
    }

    @Test
    void whatIsNowhereAndWhatIsNoVersionIsSaid() {
        assertThatThrownBy(() -> store.fetch("9.9.9", into))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("9.9.9 was not fetched");
        assertThatThrownBy(() -> store.fetch("../../etc/passwd", into))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("is not a usable version");
    }

    @Test
    void ofManyPublishersAtOnceOneBundleWins() throws Exception {
        List<Release> releases = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            releases.add(release("1.0.0", "select " + i / 2 + ";\n"));
        }
        List<String> published = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(releases.size());
        try {
            List<Callable<PublishResult>> calls = new ArrayList<>();
            releases.forEach(release -> calls.add(() -> store.publish(release, ALICE)));
            List<Future<PublishResult>> results = executor.invokeAll(calls);
            for (int i = 0; i < results.size(); i++) {
                try {
                    results.get(i).get();
                    published.add(releases.get(i).digest());
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).hasMessageContaining("A version names one bundle for ever");
                    refused.add(releases.get(i).digest());
                }
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(published).hasSize(2).containsOnly(published.get(0));
        assertThat(refused).hasSize(6).doesNotContain(published.get(0));
        assertThat(store.fetch("1.0.0", into).digest()).isEqualTo(published.get(0));
    }

    private Destination folder(String name) throws IOException {
        return new FolderDestination(name, "", Files.createDirectory(directory.resolve(name)));
    }

    private Release release(String version, String sql) throws Exception {
        Path clone = Files.createTempDirectory(directory, "clone");
        GitRepository repository =
                GitRepository.create(clone).with("supabase/migrations/1_a.sql", sql).commit();
        return ReleaseBuilder.of(repository.supabase()).version(version).build(clone);
    }

    private Path bundle(Destination destination, Release release) {
        return directory.resolve(destination.name()).resolve("releases/" + release.digest() + ".zip");
    }

    private void flip(Destination destination, Release release) {
        try {
            byte[] bytes = Files.readAllBytes(bundle(destination, release));
            bytes[bytes.length / 2] ^= 1;
            Files.write(bundle(destination, release), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
