package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.database.DatabaseBackup;
import io.jenkins.plugins.supabase.core.backup.database.DatabaseParts;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.NativeCrypto;
import io.jenkins.plugins.supabase.core.backup.storage.StorageListing;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartSender;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import io.jenkins.plugins.supabase.core.postgres.LibpqEnvironment;
import io.jenkins.plugins.supabase.core.scratch.NoScratchServer;
import io.jenkins.plugins.supabase.core.scratch.PostgresPrograms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Makes a backup: one snapshot, read once, to all destinations. */
public final class BackupRunner {
    /** Supavisor's transaction mode, which gives each transaction another session. */
    private static final int TRANSACTION_POOLER_PORT = 6543;
    private static final int MOST_CONNECTIONS = 16;

    private final BackupStore store;
    private final Progress progress;

    public BackupRunner(BackupStore store, Progress progress) {
        this.store = store;
        this.progress = progress;
    }

    /**
     * @throws DeliveryException when it failed; nothing of it is listed then, unless the message says where
     */
    public BackupResult run(BackupRequest request) throws InterruptedException {
        long start = System.nanoTime();
        check(request);
        NativeCrypto.load();
        Path pgDump = pgDump(request);
        BackupScope.Choice choice = BackupScope.choose(request.scopes(), request.environment(), request.access());
        BackupStore.Name name = store.next(store.destinations(), Instant.now());
        progress.line("Backup " + name.id() + " of environment " + request.environment().name());
        AtomicReference<List<StoredBackup>> earlier = new AtomicReference<>(List.of());
        try (PartSender sender = new PartSender(store, request.minDestinations(), progress)) {
            AtomicReference<StorageListing> listing = new AtomicReference<>(StorageListing.NONE);
            DatabaseBackup reading = new DatabaseBackup(
                    () -> Database.open(request.environment(), request.access()),
                    LibpqEnvironment.of(request.environment(), request.access()),
                    pgDump,
                    request.recipients(),
                    request.connections(),
                    sender::send,
                    progress);
            if (name.previous() != null) {
                reading.alongside(connection ->
                        earlier.set(store.list(request.signingKey().verificationKey()).backups()));
            }
            if (choice.scopes().contains(BackupScope.STORAGE)) {
                reading.alongside(connection -> listing.set(StorageListing.read(connection)));
            }
            DatabaseParts database = reading.run();
            ManifestDraft draft = new ManifestDraft(request, name, earlier.get(), database);
            ProjectBackup project = new ProjectBackup(request, store, sender, progress);
            project.run(choice.scopes(), listing.get(), earlier.get(), draft::unfinished);
            BackupManifest manifest = draft.whole(project, choice.notes());
            List<String> destinations = sender.commit(manifest, request.signingKey());
            progress.line("%s: %s, %s rows, %.1f MiB, in %s".formatted(
                    name.id(), Count.of(manifest.parts().size(), "part"), manifest.rows(),
                    manifest.size() / (double) (1 << 20), String.join(", ", destinations)));
            return new BackupResult(
                    manifest, destinations, sender.failures(), project.problems(),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (DeliveryException | InterruptedException e) {
            throw e;
        } catch (IOException | SQLException e) {
            throw failed(name, e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static DeliveryException failed(BackupStore.Name name, Exception cause) {
        return new DeliveryException("The backup " + name.id() + " failed: " + reason(cause) + ". Nothing of it is"
                + " listed;"
                + " the backups before it are as they were. Correct that, then run it again.", cause);
    }

    private static String reason(Exception cause) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return said.lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }

    private void check(BackupRequest request) {
        if (!store.environment().equals(request.environment().name())) {
            throw new DeliveryException("The backup of environment '" + request.environment().name() + "' was to be kept"
                    + " among those of '" + store.environment() + "', where it could not be read, so that nothing was"
                    + " done. Open the destinations for the environment that is backed up.");
        }
        if (request.recipients().isEmpty()) {
            throw new DeliveryException("No recipient is given, so that nobody could read the backup, and nothing was"
                    + " done."
                    + " Make a key with age-keygen and give its public half, better two: one is kept offline.");
        }
        int destinations = store.destinations().size();
        if (request.minDestinations() < 1 || request.minDestinations() > destinations) {
            throw new DeliveryException("The backup is wanted in at least " + request.minDestinations()
                    + " destinations, and "
                    + destinations + " are given, so that nothing was done. Give more destinations or want fewer.");
        }
        if (request.connections() < 1 || request.connections() > MOST_CONNECTIONS) {
            throw new DeliveryException("A backup reads with 1 to " + MOST_CONNECTIONS + " connections, not "
                    + request.connections() + ". Nothing was done.");
        }
        String url = request.environment().databaseUrl();
        if (url != null && URI.create(url.trim()).getPort() == TRANSACTION_POOLER_PORT) {
            throw new DeliveryException("The databaseUrl of environment '" + request.environment().name() + "' leads"
                    + " to the"
                    + " transaction pooler (port " + TRANSACTION_POOLER_PORT + "), which keeps no snapshot for several"
                    + " connections, so that nothing was backed up. Use the database's own address or the session"
                    + " pooler,"
                    + " port 5432.");
        }
    }

    private static Path pgDump(BackupRequest request) throws InterruptedException {
        try (Connection connection = Database.open(request.environment(), request.access())) {
            return PostgresPrograms.pgDump(List.of(), connection.getMetaData().getDatabaseMajorVersion());
        } catch (NoScratchServer e) {
            throw new DeliveryException(e.getMessage() + " An older pg_dump makes dumps with holes, so that nothing"
                    + " was backed"
                    + " up. Install one, then run the backup again.", e);
        } catch (SQLException e) {
            throw new DeliveryException("The database could not be asked for its version (" + e.getMessage() + "), so"
                    + " that"
                    + " nothing was backed up. Check it, then run the backup again.", e);
        }
    }
}
