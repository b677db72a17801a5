package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A project's storage objects: their bytes in memory, and what Storage notes of them in {@code storage.objects} of a
 * real database once there is one.
 */
public final class StandInObjects {
    private static final String ADD_BUCKET =
            "insert into storage.buckets (id, name) values (?, ?) on conflict do nothing";
    private static final String ADD =
            """
            insert into storage.objects (bucket_id, name, version, metadata, user_metadata) values (?, ?, ?, ?::jsonb,
                ?::jsonb)
            on conflict (bucket_id, name) do update
            set version = excluded.version, metadata = excluded.metadata, user_metadata = excluded.user_metadata,
                updated_at = clock_timestamp()
            """;
    private static final String REMOVE = "delete from storage.objects where bucket_id = ? and name = ?";

    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private volatile String[] login;

    /**
     * An object in the store.
     *
     * @param eTag in quotes, as S3 gives it
     */
    record Stored(byte[] content, String mimeType, String cacheControl, String eTag, Instant modified) {}

    /** From now on this database has a row for each object that is put. */
    public void database(String jdbcUrl, String user, String password) {
        login = new String[] {jdbcUrl, user, password};
    }

    public void put(String bucket, String key, byte[] content, String mimeType) {
        putAll(bucket, Map.of(key, content), mimeType);
    }

    /** Puts many at once, for which the database is asked once. */
    public void putAll(String bucket, Map<String, byte[]> contents, String mimeType) {
        put(bucket, contents, mimeType, "max-age=3600", null);
    }

    void put(String bucket, Map<String, byte[]> contents, String type, String cacheControl, String userMetadata) {
        contents.forEach((key, content) ->
                objects.put(path(bucket, key), new Stored(content, type, cacheControl, eTag(content), Instant.now())));
        inDatabase(connection -> {
            run(connection, ADD_BUCKET, bucket, bucket);
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
                for (String key : contents.keySet()) {
                    fill(add, bucket, key, UUID.randomUUID().toString(), metadata(bucket, key), userMetadata);
                    add.addBatch();
                }
                add.executeBatch();
            }
        });
    }

    private String metadata(String bucket, String key) {
        Stored stored = objects.get(path(bucket, key));
        ObjectNode metadata = Json.object().put("eTag", stored.eTag()).put("size", stored.content().length);
        metadata.put("mimetype", stored.mimeType()).put("cacheControl", stored.cacheControl());
        metadata.put("lastModified", stored.modified().toString()).put("contentLength", stored.content().length);
        return metadata.put("httpStatusCode", 200).toString();
    }

    public void remove(String bucket, String key) {
        lose(bucket, key);
        inDatabase(connection -> run(connection, REMOVE, bucket, key));
    }

    /** Takes the bytes away and leaves the row. */
    public void lose(String bucket, String key) {
        objects.remove(path(bucket, key));
    }

    /** Replaces the bytes and leaves the row, as it looks to whoever read the row just before. */
    public void overwrite(String bucket, String key, byte[] content) {
        objects.computeIfPresent(path(bucket, key), (path, old) -> new Stored(
                content, old.mimeType(), old.cacheControl(), eTag(content), Instant.now()));
    }

    public Optional<byte[]> content(String bucket, String key) {
        return find(bucket, key).map(Stored::content);
    }

    /** @return how many there are, in all buckets */
    public int count() {
        return objects.size();
    }

    Optional<Stored> find(String bucket, String key) {
        return Optional.ofNullable(objects.get(path(bucket, key)));
    }

    private static String path(String bucket, String key) {
        return bucket + "/" + key;
    }

    private static String eTag(byte[] content) {
        try {
            return '"' + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Change {
        void in(Connection connection) throws SQLException;
    }

    private void inDatabase(Change change) {
        if (login == null) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(login[0], login[1], login[2])) {
            connection.setAutoCommit(false);
            change.in(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The database of the stand-in's storage failed", e);
        }
    }

    private static void run(Connection connection, String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, arguments);
            statement.execute();
        }
    }

    private static void fill(PreparedStatement statement, String... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setString(i + 1, arguments[i]);
        }
    }
}
