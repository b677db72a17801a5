package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.migration.ServerError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a migration that fails for its own reason from one that only misses, in the scratch copy, what the environment
 * has. SQLSTATEs are PostgreSQL's (manual, appendix A).
 */
final class MissingObjects {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_OBJECT = "42704";
    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String UNDEFINED_COLUMN = "42703";
    private static final String INVALID_SCHEMA = "3F000";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String UNDEFINED_FILE = "58P01";

    private static final Set<String> UNDEFINED = Set.of(
            UNDEFINED_TABLE, UNDEFINED_OBJECT, UNDEFINED_FUNCTION, UNDEFINED_COLUMN, INVALID_SCHEMA,
            FEATURE_NOT_SUPPORTED,
            UNDEFINED_FILE);

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern FUNCTION = Pattern.compile("function ([^\\s(]+)\\(");
    private static final Pattern CONTROL_FILE = Pattern.compile("/([^/\"]+)\\.control\"");

    private static final String EXISTS =
            """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relname = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proname = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_type WHERE typname = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_publication WHERE pubname = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper WHERE fdwname = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = ?1)
                OR EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attname = ?1 AND NOT attisdropped)
            """.replaceAll("\\?1", "?");

    private static final int PARAMETERS = (int) EXISTS.chars().filter(c -> c == '?').count();

    private final Connection target;
    private final Connection scratch;

    MissingObjects(Connection target, Connection scratch) {
        this.target = target;
        this.scratch = scratch;
    }

    static boolean isAboutSomethingUndefined(ServerError error) {
        return UNDEFINED.contains(error.state());
    }

    /** @return whether the environment has what the scratch copy was asked for in vain */
    boolean explain(ServerError error) throws SQLException {
        if (!isAboutSomethingUndefined(error)) {
            return false;
        }
        for (String name : names(error.message())) {
            if (exists(target, name) && !exists(scratch, name)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(String message) {
        List<String> names = new ArrayList<>();
        for (Pattern pattern : List.of(QUOTED, FUNCTION, CONTROL_FILE)) {
            Matcher matcher = pattern.matcher(message);
            while (matcher.find()) {
                names.addAll(List.of(matcher.group(1).split("\\.")));
            }
        }
        return names;
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            for (int i = 1; i <= PARAMETERS; i++) {
                statement.setString(i, name);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
