package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code /rest/v1} serves: rows given here, or those of a real database once there is one. */
public final class StandInTables {
    private final Map<String, ArrayNode> fixed = new ConcurrentHashMap<>();
    private volatile DatabaseTables database;

    /** Serves these rows, a JSON array, as a table or as the answer of an RPC ({@code rpc/name}). */
    public void serve(String name, String rows) {
        JsonNode array = Json.parse(rows.getBytes(StandardCharsets.UTF_8))
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new IllegalArgumentException("Not a JSON array: " + rows));
        fixed.put(name, (ArrayNode) array);
    }

    /** From now on tables, views and functions of this database are served, under its own roles and policies. */
    public void database(String jdbcUrl, String user, String password) {
        database = new DatabaseTables(jdbcUrl, user, password);
    }

    Optional<JsonNode> rows(String table, RowQuery query, Caller caller) {
        ArrayNode rows = fixed.get(table);
        if (rows != null) {
            ArrayNode limited = Json.array();
            for (int i = 0; i < Math.min(query.limit(), rows.size()); i++) {
                limited.add(rows.get(i));
            }
            return Optional.of(limited);
        }
        return database == null ? Optional.empty() : database.rows(table, query, caller);
    }

    Optional<JsonNode> call(String function, JsonNode arguments, Caller caller) {
        ArrayNode rows = fixed.get("rpc/" + function);
        if (rows != null) {
            return Optional.of(rows);
        }
        return database == null ? Optional.empty() : database.call(function, arguments, caller);
    }
}
