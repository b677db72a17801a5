package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;

/** The small part of PostgREST that probes and edge functions use, on a real database under the caller's role. */
final class DatabaseTables {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final Caller ANYONE = new Caller("anon", Json.object());

    private final String jdbcUrl;
    private final Properties login = new Properties();

    DatabaseTables(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "5");
        login.setProperty("ApplicationName", "stand-in of PostgREST");
    }

    Optional<JsonNode> rows(String table, RowQuery query, Caller caller) {
        StringBuilder sql = new StringBuilder("select coalesce(json_agg(r), '[]') from (select ");
        sql.append(query.columns().isEmpty() ? "*" : join(query.columns(), DatabaseTables::quote, ", "));
        sql.append(" from public.").append(quote(table));
        if (!query.equal().isEmpty()) {
            sql.append(" where ").append(join(query.equal().keySet(), name -> quote(name) + " = ?", " and "));
        }
        if (!query.order().isEmpty()) {
            sql.append(" order by ").append(join(query.order(), DatabaseTables::order, ", "));
        }
        sql.append(" limit ").append(query.limit()).append(") r");
        return query(sql.toString(), List.copyOf(query.equal().values()), caller);
    }

    Optional<JsonNode> call(String function, JsonNode arguments, Caller caller) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            names.add(quote(argument.getKey()) + " => ?");
            values.add(text(argument.getValue()));
        }
        String call = "public." + quote(function) + "(" + String.join(", ", names) + ")";
        return switch (kind(function)) {
            case "set" -> query("select coalesce(json_agg(r), '[]') from " + call + " r", values, caller);
            case "void" -> query("select json_agg(1) from " + call, values, caller)
                    .map(nothing -> MissingNode.getInstance());
            default -> query("select coalesce(to_json(" + call + "), 'null')", values, caller);
        };
    }

    /** @return what the function returns: set, void or value */
    private String kind(String function) {
        String sql = "select to_json(coalesce(max(case when p.proretset then 'set'"
                + " when p.prorettype = 'void'::regtype then 'void' end), 'value'))"
                + " from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = ?";
        return query(sql, List.of(function), ANYONE).map(JsonNode::asText).orElse("value");
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String order(RowQuery.Order order) {
        return quote(order.column()) + (order.descending() ? " desc" : "");
    }

    private static <T> String join(Collection<T> items, Function<T, String> form, String separator) {
        return items.stream().map(form).collect(Collectors.joining(separator));
    }

    private Optional<JsonNode> query(String sql, List<String> arguments, Caller caller) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, login)) {
            connection.setAutoCommit(false);
            assume(connection, caller);
            Optional<JsonNode> answer = read(connection, sql, arguments);
            connection.commit();
            return answer;
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState()) || UNDEFINED_FUNCTION.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw new Refusal(Reply.json(status(e, caller), error(e)));
        }
    }

    private static Optional<JsonNode> read(Connection connection, String sql, List<String> arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.size(); i++) {
                // "unspecified", so that the server takes the type from the function's declaration.
                statement.setObject(i + 1, arguments.get(i), Types.OTHER);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Json.parse(rows.getString(1).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void assume(Connection connection, Caller caller) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = '8s'");
            statement.execute("set local role " + quote(caller.role()));
        }
        try (PreparedStatement claims =
                connection.prepareStatement("select set_config('request.jwt.claims', ?, true)")) {
            claims.setString(1, caller.claims().toString());
            claims.execute();
        }
    }

    private static int status(SQLException e, Caller caller) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return caller.role().equals("anon") ? 401 : 403;
        }
        if (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")) {
            return 503;
        }
        return state.equals("23503") || state.equals("23505") ? 409 : 400;
    }

    private static ObjectNode error(SQLException e) {
        String message = e instanceof PSQLException server && server.getServerErrorMessage() != null
                ? server.getServerErrorMessage().getMessage()
                : e.getMessage();
        ObjectNode error = Json.object().put("code", e.getSQLState());
        return error.putNull("details").putNull("hint").put("message", message);
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
