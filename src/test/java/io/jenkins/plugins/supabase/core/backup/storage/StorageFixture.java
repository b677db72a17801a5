package io.jenkins.plugins.supabase.core.backup.storage;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupResult;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** A project with a database and a storage, and backups of it. */
public final class StorageFixture implements AutoCloseable {
    public static final String REF = "abcdefghijklmnopqrst";

    public final BackupFixture backups;
    public final SupabaseStandIn standIn = SupabaseStandIn.start();
    public final StandInProject project = standIn.createProject(REF);
    public final TestDatabase database;

    public StorageFixture(Path folder) throws IOException, SQLException {
        backups = new BackupFixture(folder);
        database = database();
        project.objects().database(
                "jdbc:" + database.url(), LocalPostgres.USER, LocalPostgres.PASSWORD);
    }

    public static TestDatabase database() throws IOException, SQLException {
        TestDatabase database = TestDatabase.create();
        database.execute(new String(
                SupabaseStandIn.class.getResourceAsStream("supabase-bootstrap.sql").readAllBytes(),
                StandardCharsets.UTF_8));
        return database;
    }

    /** Makes a bucket in the project and, with the first object, in the database. */
    public void bucket(String name) {
        project.buckets().create(name, false);
    }

    public Environment environment() {
        return new Environment("production", REF, standIn.managementUrl(), project.url(), database.url());
    }

    /** @return with the access token alone: the key of the storage is looked up */
    public Access access() {
        return new Access(
                new SecretText(standIn.accessToken()), BackupFixture.ACCESS.databaseUser(),
                BackupFixture.ACCESS.databasePassword(), null);
    }

    public BackupRequest request(BackupScope... scopes) {
        return new BackupRequest(
                environment(),
                access(),
                List.of(backups.identity.recipient(), backups.second.recipient()),
                backups.signingKey,
                1,
                2,
                "test",
                scopes.length == 0 ? null : Set.of(scopes),
                ManagementOptions.DEFAULT);
    }

    public BackupResult backUp() throws InterruptedException {
        return backUp(backups.store);
    }

    public BackupResult backUp(BackupStore store) throws InterruptedException {
        return new BackupRunner(store, line -> {
            synchronized (backups.log) {
                backups.log.add(line);
            }
        }).run(request(BackupScope.DATABASE, BackupScope.STORAGE));
    }

    /** @return how often bytes of objects were asked for */
    public long reads() {
        return standIn.requests().count("GET /storage/v1/object/authenticated/**");
    }

    @Override
    public void close() {
        standIn.close();
    }
}
