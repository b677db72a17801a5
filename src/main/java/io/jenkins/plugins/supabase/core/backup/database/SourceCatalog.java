package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which tables and sequences of a database have content to back up, and whether the database user may read it. For a
 * definition alone, pg_dump locks the table and reads the sequence, too (getTables and dumpSequenceData of
 * src/bin/pg_dump/pg_dump.c in PostgreSQL 15).
 */
final class SourceCatalog {
    /**
     * Schemas whose rows the platform makes anew, and tables that say which of the platform's own migrations ran.
     * Fact: what the Supabase CLI leaves out of {@code db dump --data-only} (apps/cli-go/pkg/migration in
     * github.com/supabase/cli),
     * except for supabase_migrations, which it dumps on demand and a restored project needs.
     */
    private static final String LEFT_OUT =
            """
            (n.nspname ~ ('^(graphql|graphql_public|pgsodium|pgsodium_masks|pgtle|repack|tiger|tiger_data|'
                || 'timescaledb_.*|_timescaledb_.*|topology|vault|etl|'
                || 'extensions|pgbouncer|realtime|_analytics|_realtime|_supavisor)$')
             OR (n.nspname, c.relname) IN (('auth', 'schema_migrations'), ('storage', 'migrations'),
                                           ('supabase_functions', 'migrations')))
            """;

    /** Tables and sequences of extensions belong to these, unless an extension says that a user's rows are in them. */
    private static final String FROM =
            """
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                AND d.objsubid = 0 AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e'
            LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
            LEFT JOIN LATERAL (SELECT o.condition FROM ROWS FROM (pg_catalog.unnest(e.extconfig),
                pg_catalog.unnest(e.extcondition))
                                   o(oid, condition)
                               WHERE o.oid = c.oid) config ON true
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
              AND (e.oid IS NULL OR config.condition IS NOT NULL)
            """;

    private static final String TABLES =
            """
            SELECT n.nspname, c.relname,
                   ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                         AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum),
                   pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::int,
                   pg_catalog.pg_table_size(c.oid),
                   coalesce(config.condition, ''), %s,
                   pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
                   pg_catalog.row_security_active(c.oid), c.relkind = 'p'
            """.formatted(LEFT_OUT) + FROM + " AND c.relkind IN ('r', 'p') ORDER BY n.nspname, c.relname";

    private static final String SEQUENCES =
            """
            SELECT n.nspname, c.relname,
                   pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_sequence_privilege(c.oid,
                       'SELECT'), %s,
                   EXISTS (SELECT FROM pg_catalog.pg_depend o
                           WHERE o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid
                             AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.deptype IN ('a', 'i')
                             AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                             AND pg_catalog.has_table_privilege(o.refobjid, 'SELECT'))
            """.formatted(LEFT_OUT) + FROM + " AND c.relkind = 'S' ORDER BY n.nspname, c.relname";

    private final List<SourceTable> tables = new ArrayList<>();
    private final List<String> sequences = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    /** @throws DeliveryException naming the grants that are missing */
    static SourceCatalog read(Connection connection) throws SQLException {
        SourceCatalog catalog = new SourceCatalog();
        Rows.of(connection, TABLES, row -> {
            catalog.addTable(row);
            return null;
        });
        Rows.of(connection, SEQUENCES, row -> {
            catalog.addSequence(row);
            return null;
        });
        if (!catalog.obstacles.isEmpty()) {
            String user = Rows.texts(connection, "SELECT current_user").get(0);
            throw new DeliveryException(("The database was not backed up, because its user %s cannot read all of it,"
                    + " and"
                    + " a backup with holes is none. Nothing was stored. Give it what is missing: %s.")
                    .formatted(user, String.join("; ", catalog.obstacles)));
        }
        return catalog;
    }

    private void addTable(ResultSet row) throws SQLException {
        String schema = row.getString(1);
        String name = row.getString(2);
        boolean readable = row.getBoolean(8);
        boolean rowsElsewhere = row.getBoolean(10);
        if (row.getBoolean(7)) {
            if (!rowsElsewhere) {
                leftOut.add(schema + "." + name);
            }
            if (!readable) {
                unreadable.add(Sql.qualified(schema, name));
            }
            return;
        }
        if (!readable) {
            obstacles.add("GRANT USAGE ON SCHEMA " + Sql.name(schema) + " and GRANT SELECT ON TABLE "
                    + Sql.qualified(schema, name));
        } else if (row.getBoolean(9) && !rowsElsewhere) {
            obstacles.add("BYPASSRLS, as row-level security hides rows of " + Sql.qualified(schema, name));
        }
        if (rowsElsewhere) {
            return;
        }
        String[] columns = (String[]) row.getArray(3).getArray();
        tables.add(new SourceTable(schema, name, Arrays.asList(columns), row.getLong(4), row.getLong(5),
                row.getString(6)));
    }

    private void addSequence(ResultSet row) throws SQLException {
        String name = Sql.qualified(row.getString(1), row.getString(2));
        boolean wanted = !row.getBoolean(4);
        if (wanted) {
            sequences.add(name);
        }
        if (row.getBoolean(3)) {
            return;
        }
        // The definition of a table that is in the backup refers to its sequence.
        if (wanted || row.getBoolean(5)) {
            obstacles.add("GRANT SELECT ON SEQUENCE " + name);
        } else {
            unreadable.add(name);
        }
    }

    List<SourceTable> tables() {
        return tables;
    }

    /** @return qualified and quoted */
    List<String> sequences() {
        return sequences;
    }

    /**
     * @return qualified and quoted: tables and sequences whose content is left out anyway, and of which the user may
     *     not even read the definition
     */
    List<String> unreadable() {
        return unreadable;
    }

    /** @return a sentence for each kind of thing that the backup leaves out on purpose */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!leftOut.isEmpty()) {
            notes.add("Rows that the platform makes anew were left out, as the Supabase CLI does: "
                    + String.join(", ", leftOut) + ".");
        }
        if (!unreadable.isEmpty()) {
            notes.add("What the user may not read of the platform's own definitions was left out too: "
                    + String.join(", ", unreadable) + ".");
        }
        return notes;
    }
}
