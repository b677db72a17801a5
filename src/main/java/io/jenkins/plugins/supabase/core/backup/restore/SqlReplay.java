package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Connections;
import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.database.Workers;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a section of a schema; indexes of different tables at once. */
final class SqlReplay {
    private static final int TOGETHER = 100;
    private static final int HEADING = 80;
    private static final String NAME = "\"(?:[^\"]|\"\")+\"";

    /** Commands of psql that newer pg_dumps put around a dump. */
    private static final Pattern PSQL = Pattern.compile("(?m)^\\\\(un)?restrict [A-Za-z0-9]+$");

    /**
     * Statements that read one whole table and change nothing else, so that those of different tables can run at once.
     */
    private static final Pattern OF_ONE_TABLE = Pattern.compile("CREATE (?:UNIQUE )?INDEX " + NAME + " ON (?:ONLY )?("
            + NAME + "\\." + NAME + ") .*|ALTER TABLE ONLY (" + NAME + "\\." + NAME + ")\\s+ADD CONSTRAINT " + NAME
            + " (?:PRIMARY KEY|UNIQUE|EXCLUDE) .*", Pattern.DOTALL);

    private static final String DUPLICATE_SCHEMA = "42P06";
    private static final String UNKNOWN_SETTING = "42704";
    private static final String DEADLOCK = "40P01";
    /** Of undefined tables, columns, functions, other objects and schemas. */
    private static final Set<String> UNKNOWN = Set.of("42P01", "42703", "42883", "42704", "3F000");

    private final Connections connections;
    private final int parallel;
    private final boolean strict;
    private final boolean partial;
    private final List<String> failures = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();

    /** @param strict whether the first statement that fails ends it; otherwise it goes on after that */
    SqlReplay(Connections connections, int parallel, boolean strict) {
        this(connections, parallel, strict, false);
    }

    private SqlReplay(Connections connections, int parallel, boolean strict, boolean partial) {
        this.connections = connections;
        this.parallel = parallel;
        this.strict = strict;
        this.partial = partial;
    }

    /** @return strict, but for statements about what is not there, which are left out */
    static SqlReplay ofWhatIsThere(Connections connections, int parallel) {
        return new SqlReplay(connections, parallel, true, true);
    }

    /**
     * @return what failed, a phrase each
     * @throws SQLException the first failure, where it is strict
     */
    List<String> run(String dump) throws Exception {
        String sql = PSQL.matcher(dump).replaceAll("");
        List<String> statements = SqlText.scan(sql).statements().stream()
                .map(piece -> sql.substring(piece.start(), piece.end()))
                .toList();
        try (Connection connection = connections.open()) {
            int at = 0;
            while (at < statements.size()) {
                int end = at;
                boolean alone = table(statements.get(at)) != null;
                while (end < statements.size() && (table(statements.get(end)) != null) == alone
                        && (alone || end - at < TOGETHER)) {
                    end++;
                }
                if (alone) {
                    runByTable(statements.subList(at, end));
                } else {
                    run(connection, statements.subList(at, end));
                }
                at = end;
            }
        }
        return failures;
    }

    private static String table(String statement) {
        Matcher matcher = OF_ONE_TABLE.matcher(statement);
        if (!matcher.matches()) {
            return null;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private void runByTable(List<String> statements) throws Exception {
        Map<String, List<String>> byTable = new LinkedHashMap<>();
        statements.forEach(statement ->
                byTable.computeIfAbsent(table(statement), unused -> new ArrayList<>()).add(statement));
        List<Workers.Task> tasks = new ArrayList<>();
        byTable.values().forEach(list -> tasks.add(connection -> {
            for (String statement : list) {
                run(connection, List.of(statement));
            }
        }));
        Workers.run(parallel, this::prepared, tasks);
    }

    /** A dump's settings hold for its whole session. */
    private Connection prepared() throws SQLException, InterruptedException {
        Connection connection = connections.open();
        for (String setting : settings) {
            Rows.run(connection, setting);
        }
        return connection;
    }

    private void run(Connection connection, List<String> statements) throws SQLException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while a schema was restored");
        }
        // A message is a transaction: when one of its statements fails, none of them has run.
        if (RawScript.run(connection, String.join(";\n", statements), notice -> {}).failure() == null) {
            statements.stream().filter(SqlReplay::isSetting).forEach(settings::add);
            return;
        }
        for (String statement : statements) {
            SQLException failure = RawScript.run(connection, statement, notice -> {}).failure();
            if (failure != null && DEADLOCK.equals(failure.getSQLState())) {
                failure = RawScript.run(connection, statement, notice -> {}).failure();
            }
            if (failure == null && isSetting(statement)) {
                settings.add(statement);
            } else if (failure != null && !isHarmless(statement, failure)) {
                note(statement, failure);
            }
        }
    }

    private static boolean isSetting(String statement) {
        return statement.startsWith("SET ") || statement.startsWith("SELECT pg_catalog.set_config(");
    }

    private boolean isHarmless(String statement, SQLException failure) {
        String state = failure.getSQLState();
        return partial && UNKNOWN.contains(state)
                || DUPLICATE_SCHEMA.equals(state)
                || statement.startsWith("SET ") && UNKNOWN_SETTING.equals(state);
    }

    private void note(String statement, SQLException failure) throws SQLException {
        String line = statement.strip().replaceAll("\\s+", " ");
        String heading = line.length() <= HEADING ? line : line.substring(0, HEADING) + "…";
        String message = failure.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
        if (strict) {
            throw new SQLException(heading + " (" + message + ")", failure.getSQLState(), failure);
        }
        synchronized (failures) {
            failures.add(heading + " (" + message + ")");
        }
    }
}
