package io.jenkins.plugins.supabase.core.backup.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.format.ListedObject;
import io.jenkins.plugins.supabase.core.management.ObjectClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database says of the objects in its project's storage.
 *
 * @param buckets rows of {@code storage.buckets}
 * @param objects sorted by bucket and name
 */
public record StorageListing(List<ObjectNode> buckets, List<ListedObject> objects) {
    public static final StorageListing NONE = new StorageListing(List.of(), List.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS_AT_ONCE = 1000;

    public StorageListing {
        buckets = List.copyOf(buckets);
        objects = List.copyOf(objects);
    }

    /** @param connection within a transaction, so that rows come a few at a time */
    public static StorageListing read(Connection connection) throws SQLException {
        String there = Rows.texts(connection, "SELECT pg_catalog.to_regclass('storage.objects') IS NOT NULL"
                + " AND pg_catalog.to_regclass('storage.buckets') IS NOT NULL").get(0);
        if (!"t".equals(there)) {
            return NONE;
        }
        List<ObjectNode> buckets = new ArrayList<>();
        for (String row : Rows.texts(connection,
                "SELECT pg_catalog.to_jsonb(b) FROM storage.buckets b ORDER BY b.id COLLATE \"C\"")) {
            buckets.add((ObjectNode) json(row));
        }
        List<ListedObject> objects = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (var rows = statement.executeQuery("SELECT pg_catalog.to_jsonb(o) FROM storage.objects o"
                    + " ORDER BY o.bucket_id COLLATE \"C\", o.name COLLATE \"C\"")) {
                while (rows.next()) {
                    JsonNode row = json(rows.getString(1));
                    objects.add(ListedObject.of(
                            row, ObjectClient.plain(row.path("metadata").path("eTag").asText(null))));
                }
            }
        }
        return new StorageListing(buckets, objects);
    }

    private static JsonNode json(String row) throws SQLException {
        try {
            return JSON.readTree(row);
        } catch (JsonProcessingException e) {
            throw new SQLException("a row of the storage is no JSON", e);
        }
    }
}
