package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** An environment's database whose migrations are traced on the tests' own server. */
public final class TracedDatabase {
    private final TestDatabase database;

    private TracedDatabase(TestDatabase database) {
        this.database = database;
    }

    public static TracedDatabase with(String schema) throws SQLException {
        TestDatabase database = TestDatabase.create();
        database.execute(schema);
        return new TracedDatabase(database);
    }

    public TestDatabase database() {
        return database;
    }

    public TraceReport trace(List<MigrationFile> pending) throws InterruptedException {
        return LockTrace.run(request(pending, Map.of()), line -> {});
    }

    public TraceReport trace(List<MigrationFile> pending, Map<String,
            MigrationFile> rollbacks) throws InterruptedException {
        return LockTrace.run(request(pending, rollbacks), line -> {});
    }

    public TraceRequest request(List<MigrationFile> pending, Map<String, MigrationFile> rollbacks) {
        return new TraceRequest(
                environment(), access(), pending, rollbacks, scratch(), TraceRequest.DEFAULT_DEADLINE);
    }

    public Environment environment() {
        return new Environment("traced", null, null, null, database.url());
    }

    public static Access access() {
        return new Access(null, LocalPostgres.USER, new SecretText(LocalPostgres.PASSWORD), null);
    }

    public ScratchServers scratch() {
        return ScratchServers.at(
                "postgresql://127.0.0.1:" + database.port() + "/postgres",
                LocalPostgres.USER,
                new SecretText(LocalPostgres.PASSWORD));
    }

    public static MigrationFile migration(int version, String sql) {
        return new MigrationFile(
                String.valueOf(version), "change", Path.of("migrations", version + "_change.sql"), sql);
    }

    static String resource(String name) throws IOException {
        try (var in = TracedDatabase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
