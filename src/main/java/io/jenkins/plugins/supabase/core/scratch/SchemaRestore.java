package io.jenkins.plugins.supabase.core.scratch;

import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.postgres.PlatformSchemas;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a schema dump in an empty database, going on after what cannot be made there. */
final class SchemaRestore {
    private static final int TOGETHER = 100;
    private static final int TOLD = 8;
    private static final int HEADING = 60;

    /** Commands of psql that newer pg_dumps put around a dump. */
    private static final Pattern PSQL = Pattern.compile("(?m)^\\\\(un)?restrict [A-Za-z0-9]+$");

    private static final Pattern EXTENSION =
            Pattern.compile("CREATE EXTENSION (?:IF NOT EXISTS )?\"?([^\"\\s;]+)", Pattern.CASE_INSENSITIVE);

    private static final String DUPLICATE_SCHEMA = "42P06";
    private static final String UNKNOWN_SETTING = "42704";

    private final String sql;
    private final List<String> extensions = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    SchemaRestore(String sql) {
        this.sql = PSQL.matcher(sql).replaceAll("");
    }

    /** @return what could not be made, one sentence each */
    List<String> run(Connection connection) throws SQLException, InterruptedException {
        List<SqlText.Piece> pieces =
                SqlText.scan(sql).statements().stream().filter(SchemaRestore::isWanted).toList();
        for (int from = 0; from < pieces.size(); from += TOGETHER) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the schema was copied");
            }
            run(connection, pieces.subList(from, Math.min(from + TOGETHER, pieces.size())));
        }
        return missing();
    }

    private void run(Connection connection, List<SqlText.Piece> pieces) throws SQLException {
        StringBuilder together = new StringBuilder();
        pieces.forEach(piece -> together.append(text(piece)).append(";\n"));
        // A message is a transaction: when one of its statements fails, none of them has run.
        if (RawScript.run(connection, together.toString(), notice -> {}).failure() == null) {
            return;
        }
        for (SqlText.Piece piece : pieces) {
            SQLException failure = RawScript.run(connection, text(piece), notice -> {}).failure();
            if (failure != null) {
                note(piece, failure);
            }
        }
    }

    private String text(SqlText.Piece piece) {
        return sql.substring(piece.start(), piece.end());
    }

    /** The platform's event triggers call what a scratch server does not have, and would stop every statement. */
    private static boolean isWanted(SqlText.Piece piece) {
        if (piece.startsWith("ALTER", "EVENT", "TRIGGER") || piece.startsWith("COMMENT", "ON", "EVENT", "TRIGGER")) {
            return false;
        }
        if (!piece.startsWith("CREATE", "EVENT", "TRIGGER")) {
            return true;
        }
        int function = piece.words().indexOf("FUNCTION");
        String schema = piece.word(function + 1).replace("\"", "").toLowerCase(Locale.ROOT);
        return !PlatformSchemas.contains(schema);
    }

    private void note(SqlText.Piece piece, SQLException failure) {
        String state = failure.getSQLState();
        boolean harmless = DUPLICATE_SCHEMA.equals(state)
                || piece.startsWith("SET") && UNKNOWN_SETTING.equals(state)
                || piece.startsWith("COMMENT", "ON", "EXTENSION");
        if (harmless) {
            return;
        }
        Matcher extension = EXTENSION.matcher(text(piece));
        if (extension.lookingAt()) {
            extensions.add(extension.group(1));
            return;
        }
        String message = failure.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
        others.add(heading(piece) + " (" + message + ")");
    }

    private String heading(SqlText.Piece piece) {
        String line = text(piece).strip().replaceAll("\\s+", " ");
        return line.length() <= HEADING ? line : line.substring(0, HEADING) + "…";
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!extensions.isEmpty()) {
            missing.add("The scratch server lacks " + (extensions.size() == 1 ? "the extension " : "the extensions ")
                    + String.join(", ", Set.copyOf(extensions).stream().sorted().toList()) + ".");
        }
        others.stream().limit(TOLD).forEach(other -> missing.add("The scratch copy lacks " + other + "."));
        if (others.size() > TOLD) {
            missing.add("The scratch copy lacks " + Count.of(others.size() - TOLD, "further object") + ".");
        }
        return missing;
    }
}
