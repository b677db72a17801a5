package io.jenkins.plugins.supabase.core.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A database's schema by object, each with a digest of its whole definition: equal exactly when a schema dump would be,
 * up to what lies in {@linkplain PlatformSchemas the platform's own schemas}, where only policies and triggers count
 * that were attached to its tables. Rows are no part of it, nor are secrets: of user mappings only the names are read.
 *
 * <p>Two things count here that a schema dump does not tell: an extension's version, and that an index is invalid.
 *
 * @param objects SHA-256, 64 hex digits, by identity. What belongs to an object has its identity in front, so that
 *                {@code table public.votes} comes with {@code table public.votes / column title} and
 *                {@code table public.votes / column title / comment}
 */
public record SchemaState(SortedMap<String, String> objects) {
    static final String PART = " / ";

    private static final String COLUMNS = PART + "columns";
    private static final String VERSION = "PostgreSQL major version";
    private static final Pattern OPTIONS = Pattern.compile("\\{options:([^}]+)}");
    private static final List<String> QUESTIONS = questions();

    /** Of an object: itself, its comment, and its privileges where they are not those that it would have by default. */
    private static final String DIGESTS =
            """
            SELECT o.identity || v.part, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(v.text, 'UTF8')), 'hex')
            FROM (%s) o
            LEFT JOIN pg_catalog.pg_description d ON d.classoid = o.class AND d.objoid = o.oid AND d.objsubid = o.subid
            CROSS JOIN LATERAL (VALUES ('', o.definition), (' / comment', d.description), (' / privileges',
                CASE WHEN o.acl IS NOT NULL THEN nullif(%s, %s) END)) v(part, text)
            WHERE v.text IS NOT NULL
            """;

    private static final String SORTED =
            "coalesce((SELECT pg_catalog.string_agg(i::text, ',' ORDER BY i::text COLLATE \"C\")"
                    + " FROM pg_catalog.unnest(o.%s) i), '')";

    private static final String PUBLISHED_SCHEMAS =
            """
            UNION ALL
            SELECT pg_catalog.format('publication %I / schema %I', p.pubname, n.nspname), '',
                   'pg_catalog.pg_publication_namespace'::regclass, s.oid, NULL, NULL
            FROM pg_catalog.pg_publication_namespace s
            JOIN pg_catalog.pg_publication p ON p.oid = s.pnpubid
            JOIN ns n ON n.oid = s.pnnspid
            """;

    private static final String SETTINGS =
            """
            SET LOCAL search_path = '';
            SET LOCAL lock_timeout = '5s';
            SET LOCAL jit = off;
            """;

    public SchemaState {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    /**
     * Reads catalogues only, in one round trip and one snapshot. Like any reader of definitions it takes ACCESS SHARE
     * on views and what they read, and gives up after 5 s behind an ACCESS EXCLUSIVE lock.
     *
     * @param connection of PostgreSQL 13 or later, in auto-commit mode and outside a transaction; its settings stay as
     *                   they are
     * @throws SQLException with state 55P03 if somebody holds a table locked
     */
    public static SchemaState read(Connection connection) throws SQLException {
        try {
            return read(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n" + SETTINGS, ";\nCOMMIT");
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /**
     * As {@link #read}, in a transaction that is open and sees its own changes; its search path is empty afterwards.
     */
    public static SchemaState readInTransaction(Connection connection) throws SQLException {
        return read(connection, SETTINGS, "");
    }

    private static SchemaState read(Connection connection, String before, String after) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        SortedMap<String, String> objects = new TreeMap<>();
        objects.put(VERSION, Integer.toString(version));
        try (Statement statement = connection.createStatement()) {
            String script = QUESTIONS.stream()
                    .map(question -> forVersion(question, version))
                    .collect(Collectors.joining(";\n", before, after));
            boolean rows = statement.execute(script);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    add(statement.getResultSet(), objects);
                }
                rows = statement.getMoreResults();
            }
        }
        return new SchemaState(objects);
    }

    private static void add(ResultSet rows, SortedMap<String, String> objects) throws SQLException {
        while (rows.next()) {
            objects.put(rows.getString(1), rows.getString(2));
        }
    }

    private static void rollBack(Connection connection, SQLException failure) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static String forVersion(String question, int version) {
        boolean filters = version >= 15;
        return question.replace("{compression}", version >= 14 ? "a.attcompression" : "''")
                .replace("{publication}", filters ? "ROW(pg_catalog.pg_get_expr(l.prqual, l.prrelid),"
                        + " (SELECT pg_catalog.array_agg(a.attname ORDER BY a.attname) FROM pg_catalog.pg_attribute a"
                        + " WHERE a.attrelid = l.prrelid AND a.attnum = ANY (l.prattrs)))::text" : "''")
                .replace("{publishedSchemas}", filters ? PUBLISHED_SCHEMAS : "");
    }

    private static List<String> questions() {
        List<String> questions = new ArrayList<>();
        String common = null;
        for (String section : resource().split("(?m)^--: .*\n")) {
            if (section.isBlank()) {
                continue;
            }
            if (common == null) {
                common = section.replace("{platform}", PlatformSchemas.REGEX);
                continue;
            }
            // Options of foreign servers may hold a password, although its place is the user mapping.
            String inner = OPTIONS.matcher(section)
                    .replaceAll("(SELECT pg_catalog.array_agg(x ORDER BY x COLLATE \"C\") FROM pg_catalog.unnest($1) x"
                            + " WHERE x !~* '^[^=]*(pass|secret|token|credential)')");
            questions.add(common
                    + DIGESTS.formatted(inner, SORTED.formatted("acl"), SORTED.formatted("acldefault")));
        }
        return List.copyOf(questions);
    }

    private static String resource() {
        try (InputStream sql = SchemaState.class.getResourceAsStream("schema-state.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return what makes {@code after} another schema than {@code before}, sorted by object; empty when they are equal.
     *     What belongs to an object that came or went is not told again
     */
    public static List<SchemaDifference> compare(SchemaState before, SchemaState after) {
        TreeSet<String> all = new TreeSet<>(before.objects.keySet());
        all.addAll(after.objects.keySet());
        SortedMap<String, SchemaDifference> differences = new TreeMap<>();
        for (String object : all) {
            String then = before.objects.get(object);
            String now = after.objects.get(object);
            if (then == null) {
                differences.put(object, new SchemaDifference(SchemaDifference.Kind.ADDED, object));
            } else if (now == null) {
                differences.put(object, new SchemaDifference(SchemaDifference.Kind.REMOVED, object));
            } else if (!then.equals(now)) {
                differences.put(object, new SchemaDifference(SchemaDifference.Kind.CHANGED, object));
            }
        }
        return differences.values().stream().filter(difference -> !isImplied(difference, differences)).toList();
    }

    private static boolean isImplied(SchemaDifference difference, SortedMap<String, SchemaDifference> all) {
        String object = difference.object();
        for (int at = object.lastIndexOf(PART); at > 0; at = object.lastIndexOf(PART, at - 1)) {
            SchemaDifference whole = all.get(object.substring(0, at));
            if (whole != null && whole.kind() != SchemaDifference.Kind.CHANGED) {
                return true;
            }
        }
        return object.endsWith(COLUMNS) && columnsCameOrWent(object, all);
    }

    private static boolean columnsCameOrWent(String columns, SortedMap<String, SchemaDifference> all) {
        String prefix = columns.substring(0, columns.length() - COLUMNS.length()) + PART + "column ";
        return all.tailMap(prefix).values().stream()
                .takeWhile(other -> other.object().startsWith(prefix))
                .anyMatch(other -> other.kind() != SchemaDifference.Kind.CHANGED);
    }
}
