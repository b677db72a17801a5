package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Large objects as SQL, one statement a line. */
public final class LargeObjects {
    private static final int PIECE_BYTES = 256 << 10;

    /** Owner, privileges and comment, each as a statement. */
    private static final String ABOUT =
            """
            SELECT pg_catalog.format('ALTER LARGE OBJECT %s OWNER TO %I;', m.oid,
                pg_catalog.pg_get_userbyid(m.lomowner))
            FROM pg_catalog.pg_largeobject_metadata m WHERE m.oid = {oid}
            UNION ALL
            SELECT pg_catalog.format('GRANT %s ON LARGE OBJECT %s TO %s%s;', a.privilege_type, m.oid,
                       CASE WHEN a.grantee = 0 THEN 'PUBLIC'
                            ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END,
                       CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            FROM pg_catalog.pg_largeobject_metadata m CROSS JOIN pg_catalog.aclexplode(m.lomacl) a
            WHERE m.oid = {oid} AND a.grantee <> m.lomowner
            UNION ALL
            SELECT pg_catalog.format('COMMENT ON LARGE OBJECT %s IS E''%s'';', d.objoid,
                       pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
                           d.description, E'\\\\', E'\\\\\\\\'), '''', ''''''), E'\\n', E'\\\\n'))
            FROM pg_catalog.pg_description d
            WHERE d.classoid = 'pg_catalog.pg_largeobject'::regclass AND d.objoid = {oid}
            """;

    private LargeObjects() {}

    /** Takes a statement and its line feed, and may end a part after it. */
    @FunctionalInterface
    interface Target {
        void line(byte[] statement) throws SQLException, InterruptedException;
    }

    /** @return hash of all statements */
    static RowHash write(Connection connection, Target target) throws SQLException, InterruptedException {
        RowHash hash = new RowHash();
        for (String oid : oids(connection)) {
            emit(hash, target, "SELECT pg_catalog.lo_create(" + oid + ");");
            long offset = 0;
            while (true) {
                byte[] piece = Rows.of(connection, "SELECT pg_catalog.lo_get(" + oid + ", " + offset + ", "
                        + PIECE_BYTES + ")",
                        row -> row.getBytes(1)).get(0);
                if (piece.length == 0) {
                    break;
                }
                emit(hash, target, "SELECT pg_catalog.lo_put(" + oid + ", " + offset + ", '\\x"
                        + HexFormat.of().formatHex(piece) + "');");
                offset += piece.length;
            }
            for (String statement : Rows.texts(connection, ABOUT.replace("{oid}", oid))) {
                emit(hash, target, statement);
            }
        }
        return hash;
    }

    /** @return hash of what {@link #write} would write */
    public static RowHash hash(Connection connection) throws SQLException, InterruptedException {
        return write(connection, statement -> {});
    }

    private static List<String> oids(Connection connection) throws SQLException {
        return Rows.texts(connection, "SELECT oid::text FROM pg_catalog.pg_largeobject_metadata ORDER BY oid");
    }

    private static void emit(RowHash hash, Target target, String statement) throws SQLException, InterruptedException {
        byte[] line = (statement + "\n").getBytes(StandardCharsets.UTF_8);
        hash.add(line, 0, line.length);
        target.line(line);
    }
}
