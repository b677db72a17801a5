package io.jenkins.plugins.supabase.examples;

import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.SupabaseRoles;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The example's first release on an empty database, with an open, an unpublished and a closed poll in it. */
final class VotesDatabase {
    static final Path EXAMPLE = Path.of("docs/examples/votes");
    static final String OPEN_POLL = "00000000-0000-4000-8000-000000000001";
    static final String DRAFT_POLL = "00000000-0000-4000-8000-000000000002";
    static final String CLOSED_POLL = "00000000-0000-4000-8000-000000000003";
    static final String YES = "00000000-0000-4000-8000-00000000001a";
    static final String NO = "00000000-0000-4000-8000-00000000001b";
    static final String DRAFT_YES = "00000000-0000-4000-8000-00000000002a";
    static final String CLOSED_YES = "00000000-0000-4000-8000-00000000003a";
    static final String ALICE = "00000000-0000-4000-8000-0000000000a1";
    static final String BOB = "00000000-0000-4000-8000-0000000000b0";

    private VotesDatabase() {}

    static TestDatabase create() throws IOException, SQLException {
        TestDatabase database = TestDatabase.create();
        try (Connection connection = database.connect()) {
            SupabaseRoles.prepare(connection);
        }
        migrate(database, EXAMPLE.resolve("supabase/migrations"));
        database.execute("""
                insert into auth.users (id, email) values ('%1$s', 'alice@example.com'), ('%2$s', 'bob@example.com');
                insert into public.polls (id, question, published, opens_at, closes_at) values
                    ('%3$s', 'Tea before coffee?', true, now() - interval '1 day', null),
                    ('%4$s', 'Still being written?', false, now() - interval '1 day', null),
                    ('%5$s', 'Over and done with?', true, now() - interval '2 days', now() - interval '1 day');
                insert into public.options (id, poll_id, position, label) values
                    ('%6$s', '%3$s', 1, 'Yes'), ('%7$s', '%3$s', 2, 'No'),
                    ('%8$s', '%4$s', 1, 'Yes'), ('%9$s', '%5$s', 1, 'Yes');
                """.formatted(ALICE, BOB, OPEN_POLL, DRAFT_POLL, CLOSED_POLL, YES, NO, DRAFT_YES, CLOSED_YES));
        return database;
    }

    static void migrate(TestDatabase database, Path directory) throws IOException, SQLException {
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.sorted().toList();
        }
        // In simple mode the whole file goes to the server, which alone knows where BEGIN ATOMIC ends.
        String url = "jdbc:" + database.url() + "?preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (Path file : files) {
                statement.execute(Files.readString(file));
            }
        }
    }
}
