package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.Evidence;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.PartWriter;
import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import io.jenkins.plugins.supabase.core.backup.format.SealedPart;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/** Reads one moment of a database, once, into parts. */
public final class DatabaseBackup {
    private static final int SNAPSHOT_ATTEMPTS = 3;
    private static final String UNDEFINED_TABLE = "42P01";
    private static final int TID_RANGE_SCANS = 14;

    private final Connections connections;
    private final Map<String, String> libpq;
    private final Path pgDump;
    private final List<AgeRecipient> recipients;
    private final int parallel;
    private final PartTarget target;
    private final Progress progress;
    private final List<Workers.Task> alongside = new ArrayList<>();

    /**
     * @param libpq    variables with which pg_dump finds the same database
     * @param pgDump   the program, not older than the server
     * @param parallel how many connections read, besides the one that holds the snapshot; at least 1
     */
    public DatabaseBackup(
            Connections connections,
            Map<String, String> libpq,
            Path pgDump,
            List<AgeRecipient> recipients,
            int parallel,
            PartTarget target,
            Progress progress) {
        this.connections = connections;
        this.libpq = libpq;
        this.pgDump = pgDump;
        this.recipients = recipients;
        this.parallel = parallel;
        this.target = target;
        this.progress = progress;
    }

    /** @param task what else is done meanwhile, by one of the connections that read the snapshot */
    public DatabaseBackup alongside(Workers.Task task) {
        alongside.add(task);
        return this;
    }

    public DatabaseParts run() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try (Snapshot snapshot = Snapshot.take(connections)) {
                SourceCatalog catalog = snapshot.ask(SourceCatalog::read);
                try {
                    snapshot.lock(catalog.tables());
                } catch (SQLException e) {
                    // Somebody dropped a table between the snapshot and the lock; a later snapshot does not have it.
                    if (UNDEFINED_TABLE.equals(e.getSQLState()) && attempt < SNAPSHOT_ATTEMPTS) {
                        continue;
                    }
                    throw e;
                }
                return read(snapshot, catalog);
            }
        }
    }

    private DatabaseParts read(Snapshot snapshot, SourceCatalog catalog) throws Exception {
        Connection holder = snapshot.holder();
        SortedMap<String, String> sequences =
                snapshot.ask(connection -> Sequences.read(connection, catalog.sequences()));
        BackupPart globals = text(PartKind.GLOBALS, Globals.sql(holder));
        BackupPart sequencesPart = text(PartKind.SEQUENCES, Sequences.sql(sequences));
        ReadingProgress reading = new ReadingProgress(progress);
        progress.line("Snapshot of " + snapshot.time() + ": " + Count.of(catalog.tables().size(), "table") + ", "
                + Count.of(sequences.size(), "sequence"));

        // An older server would read the whole table for each range of blocks.
        long share = holder.getMetaData().getDatabaseMajorVersion() < TID_RANGE_SCANS
                ? Long.MAX_VALUE
                : catalog.tables().stream().mapToLong(SourceTable::bytes).sum() / parallel * 5 / 4;
        List<TableCopies> copies = catalog.tables().stream()
                .map(table -> TableCopies.of(table, share, () -> new TableCopy(table, recipients, target, reading::add)))
                .sorted(Comparator.comparingLong(TableCopies::pieceBytes).reversed())
                .toList();
        Schema schema = new Schema();
        List<BackupPart> large = new ArrayList<>();
        RowHash largeHash = new RowHash();
        try (PgDumpSection dump = new PgDumpSection(pgDump, libpq, snapshot.id(), catalog.unreadable())) {
            List<Workers.Task> tasks = new ArrayList<>();
            // First, as pg_dump mostly waits for the server: the other connections read rows meanwhile.
            tasks.add(connection -> {
                schema.before = section(dump, PartKind.PRE_DATA);
                schema.after = section(dump, PartKind.POST_DATA);
                schema.objects = SchemaState.readInTransaction(connection).objects();
                Sessions.setUp(connection);
                schema.client = PgDumpSection.version(pgDump);
            });
            tasks.addAll(alongside);
            copies.forEach(copy -> tasks.addAll(copy.tasks()));
            tasks.add(connection -> largeHash.add(largeObjects(connection, large)));
            Workers.run(parallel, snapshot::join, tasks);
        }
        reading.end();

        List<TableCopies> byName = copies.stream()
                .sorted(Comparator.comparing((TableCopies copy) -> copy.table().schema())
                        .thenComparing(copy -> copy.table().name()))
                .toList();
        Evidence evidence = new Evidence(
                byName.stream().map(TableCopies::evidence).toList(), sequences, schema.objects,
                Evidence.Hash.of(largeHash));
        List<BackupPart> parts = new ArrayList<>(List.of(globals, schema.before));
        byName.forEach(copy -> parts.addAll(copy.parts()));
        parts.addAll(large);
        parts.add(sequencesPart);
        parts.add(schema.after);
        parts.add(bytes(PartKind.EVIDENCE, evidence.toJson()));
        String server = holder.getMetaData().getDatabaseProductVersion().replaceFirst(" .*", "");
        return new DatabaseParts(
                snapshot.time(), server, schema.client, parts, catalog.notes());
    }

    /** What one of the connections reads of the schema. */
    private static final class Schema {
        private BackupPart before;
        private BackupPart after;
        private SortedMap<String, String> objects;
        private String client;
    }

    /** A table and the pieces in which it is read, each with its statement. */
    private record TableCopies(SourceTable table, List<String> statements, List<TableCopy> pieces) {
        static TableCopies of(SourceTable table, long atOnce, Supplier<TableCopy> piece) {
            List<String> statements = table.copiesOut(atOnce);
            return new TableCopies(table, statements, statements.stream().map(unused -> piece.get()).toList());
        }

        long pieceBytes() {
            return table.bytes() / pieces.size();
        }

        List<Workers.Task> tasks() {
            List<Workers.Task> tasks = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                TableCopy piece = pieces.get(i);
                String statement = statements.get(i);
                tasks.add(connection -> piece.run(connection, statement));
            }
            return tasks;
        }

        List<BackupPart> parts() {
            return pieces.stream().flatMap(piece -> piece.parts().stream()).toList();
        }

        Evidence.Table evidence() {
            RowHash sum = new RowHash();
            pieces.forEach(piece -> sum.add(piece.hash()));
            return new Evidence.Table(table.qualified(), table.select(), Evidence.Hash.of(sum));
        }
    }

    private BackupPart section(PgDumpSection dump, PartKind kind) throws IOException, InterruptedException {
        try (PartWriter writer = new PartWriter(recipients)) {
            dump.write(kind.word(), writer);
            return store(kind, writer);
        }
    }

    private RowHash largeObjects(Connection connection, List<BackupPart> parts)
            throws SQLException, IOException, InterruptedException {
        PartWriter[] writer = new PartWriter[1];
        try {
            RowHash hash = LargeObjects.write(connection, line -> {
                try {
                    writer[0] = writer[0] == null ? new PartWriter(recipients) : writer[0];
                    writer[0].write(line);
                    if (writer[0].isFull()) {
                        parts.add(store(PartKind.LARGE_OBJECTS, writer[0]));
                        writer[0] = null;
                    }
                } catch (IOException e) {
                    throw new SQLException("a large object could not be encrypted", e);
                }
            });
            if (writer[0] != null) {
                parts.add(store(PartKind.LARGE_OBJECTS, writer[0]));
            }
            return hash;
        } finally {
            if (writer[0] != null) {
                writer[0].close();
            }
        }
    }

    private BackupPart text(PartKind kind, String sql) throws IOException, InterruptedException {
        return bytes(kind, sql.getBytes(StandardCharsets.UTF_8));
    }

    private BackupPart bytes(PartKind kind, byte[] bytes) throws IOException, InterruptedException {
        try (PartWriter writer = new PartWriter(recipients)) {
            writer.write(bytes);
            return store(kind, writer);
        }
    }

    private BackupPart store(PartKind kind, PartWriter writer) throws IOException, InterruptedException {
        SealedPart sealed = writer.seal();
        target.store(sealed);
        return sealed.as(kind);
    }
}
