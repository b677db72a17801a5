package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.database.Sql;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts one database in the place of another by renaming both. PostgreSQL renames within transactions, so that there is
 * a whole database under the name at every moment, whatever is ended when.
 */
final class DatabaseSwap {
    private static final int LONGEST_NAME = 63;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss").withZone(ZoneOffset.UTC);

    /** Why the user may not rename the database that it is connected to; no row where it may. */
    private static final String OBSTACLE =
            """
            SELECT CASE
                WHEN d.datname IN ('postgres', 'template1') THEN 'the server needs a database of the name ' || d.datname
                WHEN NOT pg_catalog.pg_has_role(d.datdba, 'USAGE') THEN pg_catalog.format(
                    'the user %s does not own the database %s', current_user, d.datname)
                WHEN NOT (u.rolcreatedb OR u.rolsuper) THEN pg_catalog.format(
                    'the user %s may not make databases', current_user) END
            FROM pg_catalog.pg_database d, pg_catalog.pg_roles u
            WHERE d.datname = pg_catalog.current_database() AND u.rolname = current_user
            """;

    /** Columns for ICU have other names in other versions. */
    private static final String OPTIONS =
            """
            SELECT pg_catalog.format('TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
                       pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
                || CASE WHEN j.d->>'datlocprovider' = 'i' THEN pg_catalog.format(' LOCALE_PROVIDER icu ICU_LOCALE %L',
                       coalesce(j.d->>'daticulocale', j.d->>'datlocale')) ELSE '' END
            FROM pg_catalog.pg_database d CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(d) AS d) j
            WHERE d.datname = pg_catalog.current_database()
            """;

    /** What no dump of a database has: whose it is, who may connect, and how many. */
    private static final String ABOUT =
            """
            SELECT pg_catalog.format('ALTER DATABASE %I OWNER TO %I', d.datname, pg_catalog.pg_get_userbyid(d.datdba))
            FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
            UNION ALL
            SELECT pg_catalog.format('ALTER DATABASE %I CONNECTION LIMIT %s', d.datname, d.datconnlimit)
            FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
            UNION ALL
            SELECT pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', d.datname)
            FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database() AND d.datacl IS NOT NULL
            UNION ALL
            SELECT pg_catalog.format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, d.datname,
                CASE WHEN a.grantee = 0 THEN 'PUBLIC'
                     ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END,
                CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            FROM pg_catalog.pg_database d, pg_catalog.aclexplode(d.datacl) a
            WHERE d.datname = pg_catalog.current_database() AND a.grantee <> d.datdba
            """;

    private final ServerDatabase target;
    private final Progress progress;
    private final String beside;
    private final String before;

    /** @param now for the names of the databases that are there meanwhile and afterwards */
    DatabaseSwap(ServerDatabase target, Instant now, Progress progress) {
        this.target = target;
        this.progress = progress;
        this.beside = dated("_restoring_", now);
        this.before = dated("_before_", now);
    }

    private String dated(String what, Instant now) {
        String end = what + STAMP.format(now);
        String base = target.name();
        while (base.getBytes(StandardCharsets.UTF_8).length + end.length() > LONGEST_NAME) {
            base = base.substring(0, base.offsetByCodePoints(base.length(), -1));
        }
        return base + end;
    }

    /** @return why it cannot be done; null if it can */
    static String obstacle(Connection connection) throws SQLException {
        return Rows.texts(connection, OBSTACLE).get(0);
    }

    /** @return of the database that is made beside, to be like the old one in what cannot be changed later */
    static String options(Connection connection) throws SQLException {
        return Rows.texts(connection, OPTIONS).get(0);
    }

    /** @return name of the database that gets the backup */
    String beside() {
        return beside;
    }

    /** @return name that the old database gets */
    String before() {
        return before;
    }

    /** @throws DeliveryException when it was not done; the old database has its name still then */
    void run() throws InterruptedException {
        String name = target.name();
        try {
            List<String> statements = new ArrayList<>();
            statements.add("ALTER DATABASE " + Sql.name(name) + " RENAME TO " + Sql.name(before));
            statements.add("ALTER DATABASE " + Sql.name(beside) + " RENAME TO " + Sql.name(name));
            try (Connection connection = target.open()) {
                statements.addAll(Rows.texts(connection, ABOUT));
            }
            try (ConnectionEnder ender = new ConnectionEnder(target, List.of(name, beside));
                    Connection connection = target.openMaintenance()) {
                ender.start();
                connection.setAutoCommit(false);
                for (String statement : statements) {
                    Rows.run(connection, statement);
                }
                connection.commit();
            }
        } catch (SQLException | DeliveryException e) {
            throw new DeliveryException("The backup was restored into the database " + beside + ", and could not be put"
                    + " in the place of " + name + " (" + e.getMessage() + "). " + name + " is as it was. Rename"
                    + " both by hand, or drop " + beside + " and restore again.", e);
        }
        progress.line("The restored database is " + name + " now; the one before is kept as " + before
                + ": drop it once nobody needs it");
    }
}
