package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.database.Sql;
import io.jenkins.plugins.supabase.core.backup.database.Sessions;
import io.jenkins.plugins.supabase.core.backup.database.Workers;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.Evidence;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.mask.MaskedColumns;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.SchemaDifference;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces the rows of tables that are there, in one transaction: whatever ends it leaves everything as it was.
 * Definitions stay, and with them what says which migrations ran; so does the ledger, which is only ever added to.
 */
final class TablesRestore {
    private static final Set<String> STAYING = Set.of("supabase_migrations", "supabase_delivery");
    private static final String LEDGER = "supabase_delivery";
    private static final Pattern REFRESH = Pattern.compile("(?m)^REFRESH MATERIALIZED VIEW (.+);$");
    private static final String MAY_NOT = "42501";
    private static final int SHOWN = 5;

    /** Triggers that fire in any case, each with the statements that turn it off and on again. */
    private static final String ALWAYS =
            """
            SELECT pg_catalog.format('ALTER TABLE %s DISABLE TRIGGER %I', t.tgrelid::regclass, t.tgname),
                   pg_catalog.format('ALTER TABLE %s ENABLE %s TRIGGER %I', t.tgrelid::regclass,
                                     CASE t.tgenabled WHEN 'A' THEN 'ALWAYS' ELSE 'REPLICA' END, t.tgname)
            FROM pg_catalog.pg_trigger t
            WHERE NOT t.tgisinternal AND t.tgenabled IN ('A', 'R') AND t.tgrelid IN (%s)
            """;

    /** Sequences of columns of tables, with whether the user owns them. */
    private static final String OWNED =
            """
            SELECT n.nspname, c.relname FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
              AND d.deptype IN ('a', 'i') AND d.refobjid IN (%s)
            """;

    private static final String OWNS = "SELECT pg_catalog.pg_has_role(c.relowner, 'USAGE') FROM pg_catalog.pg_class c"
            + " WHERE c.oid = pg_catalog.to_regclass(%s)";

    private final BackupManifest manifest;
    private final PartContent content;
    private final RestoreChoice choice;
    private final Connection connection;
    private final Progress progress;

    private long rows;

    /** @param connection in auto-commit mode */
    TablesRestore(
            BackupManifest manifest,
            PartContent content,
            RestoreChoice choice,
            Connection connection,
            Progress progress) {
        this.manifest = manifest;
        this.content = content;
        this.choice = choice;
        this.connection = connection;
        this.progress = progress;
    }

    /**
     * @param safety is made while nobody can write to the tables any longer, so that nothing is written after it
     * @return what it made
     */
    String run(SafetyBackup safety) throws Exception {
        Sessions.setUp(connection);
        Evidence evidence = evidence();
        TargetTables tables = TargetTables.of(connection, wanted(evidence));
        if (tables.isEmpty()) {
            throw new DeliveryException("Of the tables of backup " + manifest.id() + " none can be replaced in the"
                    + " database that is there, so that nothing was changed: "
                    + String.join(", ", tables.left()) + ".");
        }
        MaskedColumns masked = MaskedColumns.of(connection, choice.masks());
        tellDifferences(evidence, tables);
        String[] made = new String[1];
        // An interrupt breaks the connection, and the server takes everything back.
        Workers.run(1, () -> connection, List.of(unused -> made[0] = replace(evidence, tables, masked, safety)));
        return made[0];
    }

    private Evidence evidence() throws Exception {
        try (InputStream stream = content.open(manifest.parts(PartKind.EVIDENCE).get(0))) {
            return Evidence.read(stream);
        }
    }

    /** @return columns by table, of tables without rows as well: they are emptied */
    private Map<QualifiedName, List<String>> wanted(Evidence evidence) throws SQLException {
        Map<QualifiedName, List<String>> columns = new HashMap<>();
        for (BackupPart part : manifest.parts(PartKind.TABLE)) {
            columns.put(new QualifiedName(part.schema(), part.table()), part.columns());
        }
        ChosenTables chosen =
                choice.tables().isEmpty() ? null : ChosenTables.of(connection, choice.tables());
        Map<QualifiedName, List<String>> wanted = new LinkedHashMap<>();
        for (Evidence.Table table : evidence.tables()) {
            QualifiedName name = QualifiedName.parse(table.name());
            if (chosen == null ? !STAYING.contains(name.schema()) : chosen.has(name.schema(), name.name())) {
                if (name.schema().equals(LEDGER)) {
                    throw new DeliveryException("The ledger's table " + name + " is only ever added to, so that nothing"
                            + " was restored. Leave it out, or restore into a new database.");
                }
                wanted.put(name, columns.getOrDefault(name, List.of()));
            }
        }
        return wanted;
    }

    private void tellDifferences(Evidence evidence, TargetTables tables) throws SQLException {
        if (!tables.left().isEmpty()) {
            progress.line("WARNING: these tables stay as they are: " + String.join(", ", tables.left()));
        }
        List<SchemaDifference> differences =
                SchemaState.compare(new SchemaState(evidence.objects()), SchemaState.read(connection));
        if (!differences.isEmpty()) {
            progress.line("WARNING: definitions stay as they are, and %s other than in the backup: %s%s".formatted(
                    differences.size() == 1 ? "one is" : differences.size() + " are",
                    differences.stream().limit(SHOWN).map(SchemaDifference::inWords).collect(Collectors.joining("; ")),
                    differences.size() > SHOWN ? " and more" : ""));
        }
        Sessions.setUp(connection);
    }

    private String replace(Evidence evidence, TargetTables tables, MaskedColumns masked, SafetyBackup safety)
            throws Exception {
        Rows.run(connection, "BEGIN");
        try {
            // Readers go on, a backup among them, and writers wait.
            Rows.run(connection, "LOCK TABLE " + tables.list() + " IN EXCLUSIVE MODE");
            String made = safety.make();
            withoutTriggers();
            List<String> backOn = turnOffAlways(tables);
            for (String statement : tables.emptying()) {
                Rows.run(connection, statement);
            }
            load(tables, masked);
            if (choice.tables().isEmpty()) {
                largeObjects();
            }
            sequences(evidence, tables);
            for (String statement : backOn) {
                Rows.run(connection, statement);
            }
            progress.line("Rows are loaded; checking foreign keys, filling materialised views");
            ForeignKeys.check(connection, tables);
            refresh();
            Rows.run(connection, "COMMIT");
            return made;
        } catch (SQLException | DeliveryException e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Exception failure) {
        try {
            Rows.run(connection, "ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void withoutTriggers() throws SQLException {
        try {
            Rows.run(connection, "SET LOCAL session_replication_role = replica");
        } catch (SQLException e) {
            if (!MAY_NOT.equals(e.getSQLState())) {
                throw e;
            }
            throw new DeliveryException("The backup was not restored, as the user of the database may not turn off"
                    + " triggers and foreign keys while rows come in. The database is as it was. Take a user who may,"
                    + " as Supabase's postgres; PostgreSQL 15 and later have GRANT SET ON PARAMETER"
                    + " session_replication_role.", e);
        }
    }

    private List<String> turnOffAlways(TargetTables tables) throws SQLException {
        List<String> on = new ArrayList<>();
        List<String> off = Rows.of(connection, ALWAYS.replace("(%s)", "(" + tables.oids() + ")"), row -> {
            on.add(row.getString(2));
            return row.getString(1);
        });
        for (String statement : off) {
            Rows.run(connection, statement);
        }
        return on;
    }

    /** @return how many rows it loads, as soon as it does */
    long rows() {
        return rows;
    }

    private void load(TargetTables tables, MaskedColumns masked) throws Exception {
        List<BackupPart> parts = manifest.parts(PartKind.TABLE).stream()
                .filter(part -> tables.has(part.schema(), part.table()))
                .toList();
        rows = parts.stream().mapToLong(BackupPart::rows).sum();
        progress.line("Tables are emptied; loading %d rows%s".formatted(
                rows, choice.masks().isEmpty() ? "" : ", with " + Count.of(masked.count(parts), "column") + " masked"));
        RowSource source = part -> masked.mask(part.schema(), part.table(), part.columns(), content.open(part));
        for (BackupPart part : parts) {
            TableRows.copy(connection, part, part.copy(), source);
        }
    }

    private void largeObjects() throws Exception {
        Rows.texts(connection, "SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata");
        for (BackupPart part : manifest.parts(PartKind.LARGE_OBJECTS)) {
            SqlLines.run(connection, content.open(part));
        }
    }

    /** Setting a sequence is not taken back with a transaction, unless the same one gave it new storage before. */
    private void sequences(Evidence evidence, TargetTables tables) throws SQLException {
        List<QualifiedName> owned = Rows.of(connection, OWNED.formatted(tables.oids()),
                row -> new QualifiedName(row.getString(1), row.getString(2)));
        for (Map.Entry<String, String> sequence : evidence.sequences().entrySet()) {
            QualifiedName name = QualifiedName.parse(sequence.getKey());
            if (choice.tables().isEmpty() ? STAYING.contains(name.schema()) : !owned.contains(name)) {
                continue;
            }
            String literal = Sql.literal(name.quoted());
            List<String> owns = Rows.texts(connection, OWNS.formatted(literal));
            if (owns.isEmpty()) {
                continue;
            }
            if (owns.get(0).equals("t")) {
                Rows.run(connection, "ALTER SEQUENCE " + name.quoted() + " RESTART");
            }
            Rows.texts(connection, "SELECT pg_catalog.setval(%s::pg_catalog.regclass, %s)"
                    .formatted(literal, sequence.getValue()));
        }
    }

    private void refresh() throws Exception {
        for (BackupPart part : manifest.parts(PartKind.POST_DATA)) {
            Matcher matcher = REFRESH.matcher(content.text(part));
            while (matcher.find()) {
                String there = "SELECT 1 FROM pg_catalog.pg_class WHERE relkind = 'm' AND oid = pg_catalog.to_regclass(%s)"
                        .formatted(Sql.literal(matcher.group(1)));
                if (!Rows.texts(connection, there).isEmpty()) {
                    Rows.run(connection, "REFRESH MATERIALIZED VIEW " + matcher.group(1));
                }
            }
        }
    }
}
