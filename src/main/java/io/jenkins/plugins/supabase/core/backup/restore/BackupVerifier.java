package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Connections;
import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.Evidence;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.scratch.NoScratchServer;
import io.jenkins.plugins.supabase.core.scratch.ScratchServer;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds out whether a backup is what it should be, and keeps what it found beside it. */
public final class BackupVerifier {
    private static final String DRILL = "supabase_delivery_drill";
    private static final String SUPERUSER = "postgres";

    private final BackupStore store;
    private final ScratchServers servers;
    private final int parallel;
    private final Progress progress;

    /**
     * @param servers  for drills
     * @param parallel how many threads read, and how many connections restore and compare; at least 1
     */
    public BackupVerifier(BackupStore store, ScratchServers servers, int parallel, Progress progress) {
        this.store = store;
        this.servers = servers;
        this.parallel = parallel;
        this.progress = progress;
    }

    /**
     * @param identity null for hashes alone
     * @param repair   whether a damaged copy is replaced by a sound one of another destination; it is a problem still
     * @throws DeliveryException when it could not be verified, which says nothing about the backup
     */
    public Verification run(StoredBackup backup, Depth depth, AgeIdentity identity, boolean repair)
            throws InterruptedException {
        if (depth != Depth.HASHES && identity == null) {
            throw new DeliveryException("The backup can be verified by " + depth.word() + " with an identity only, so"
                    + " that"
                    + " nothing was verified. Give the key that it was made for.");
        }
        Instant time = Instant.now();
        long start = System.nanoTime();
        BackupManifest manifest = backup.manifest();
        PartFetcher fetcher = new PartFetcher(store, backup);
        PartContent content = depth == Depth.HASHES ? null : new PartContent(manifest, fetcher, identity);
        List<String> problems = new ArrayList<>(backup.problems());
        problems.addAll(new BackupReading(manifest, fetcher, content, repair, parallel).run());
        Duration rto = depth == Depth.RESTORE ? drill(manifest, content, problems) : null;
        Verification verification = new Verification(
                manifest.id(), depth, time, Duration.ofNanos(System.nanoTime() - start), rto, problems);
        store.keepVerification(backup, time, verification.toJson());
        return verification;
    }

    private Duration drill(BackupManifest manifest, PartContent content, List<String> problems)
            throws InterruptedException {
        int major = Integer.parseInt(manifest.server().replaceFirst("\\D.*", ""));
        try (ScratchServer server = servers.open(major, SUPERUSER)) {
            progress.line("Drill on " + server.description());
            try (Connection connection = server.connect(null)) {
                Rows.run(connection, "CREATE DATABASE " + DRILL + " TEMPLATE template0 ENCODING 'UTF8'");
            }
            Connections drill = () -> server.connect(DRILL);
            long start = System.nanoTime();
            try {
                List<String> allRefused = new DatabaseRestore(
                                manifest, content, RestoreChoice.EVERYTHING, drill, parallel, false, progress)
                        .run();
                for (String refused : allRefused) {
                    problems.add("The drill's server refused " + refused + ".");
                }
            } catch (IOException | SQLException | DeliveryException e) {
                problems.add("The drill's restore failed: " + e.getMessage());
                return null;
            }
            Duration rto = Duration.ofNanos(System.nanoTime() - start);
            progress.line("Restored in %.1f s; comparing with the snapshot".formatted(rto.toMillis() / 1e3));
            try (InputStream stream = content.open(manifest.parts(PartKind.EVIDENCE).get(0))) {
                for (String difference : new DatabaseComparison(Evidence.read(stream), drill, parallel).run()) {
                    problems.add("The restored database differs: " + difference + ".");
                }
            }
            return rto;
        } catch (NoScratchServer e) {
            throw new DeliveryException("There was no drill of backup " + manifest.id() + ": " + e.getMessage(), e);
        } catch (DeliveryException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new DeliveryException("The drill of backup " + manifest.id() + " could not be ended: "
                    + e.getMessage()
                    + " The backup is as it was. Correct that, then verify it again.", e);
        }
    }
}
