package io.jenkins.plugins.supabase.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.SupabaseRoles;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the example promises about its data, asked of a real PostgreSQL under the roles of the Data API. */
class VotesMigrationsTest {
    private static final Path EXAMPLE = Path.of("docs/examples/votes");
    private static final String OPEN_POLL = "00000000-0000-4000-8000-000000000001";
    private static final String DRAFT_POLL = "00000000-0000-4000-8000-000000000002";
    private static final String CLOSED_POLL = "00000000-0000-4000-8000-000000000003";
    private static final String YES = "00000000-0000-4000-8000-00000000001a";
    private static final String NO = "00000000-0000-4000-8000-00000000001b";
    private static final String DRAFT_YES = "00000000-0000-4000-8000-00000000002a";
    private static final String CLOSED_YES = "00000000-0000-4000-8000-00000000003a";
    private static final String ALICE = "00000000-0000-4000-8000-0000000000a1";
    private static final String BOB = "00000000-0000-4000-8000-0000000000b0";

    private TestDatabase database;

    @BeforeEach
    void deploy() throws Exception {
        database = TestDatabase.create();
        try (Connection connection = database.connect()) {
            SupabaseRoles.prepare(connection);
        }
        migrate(EXAMPLE.resolve("supabase/migrations"));
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
    }

    @Test
    void anonymousReadersSeePublishedPollsOnly() throws Exception {
        assertThat(as("anon", null, "select question from polls order by 1"))
                .containsExactly("Over and done with?", "Tea before coffee?");
        assertThat(as("anon", null, "select label from options")).hasSize(3);
    }

    @Test
    void nobodyButTheServiceRoleWritesPolls() {
        String insert = "insert into polls (question) values ('Who may ask this?') returning question";

        assertThatThrownBy(() -> as("anon", null, insert)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> as("authenticated", ALICE, insert)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> as("authenticated", ALICE, "delete from polls returning id"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void votesCannotBeWrittenDirectly() {
        String insert = "insert into votes (poll_id, voter_id, option_id) values ('" + OPEN_POLL + "', '" + ALICE
                + "', '" + YES + "') returning poll_id";

        assertThatThrownBy(() -> as("anon", null, insert)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> as("authenticated", ALICE, insert)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> as("authenticated", ALICE, "update option_tallies set votes = 9 returning votes"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void aVoterCountsOnceAndMayChangeTheirMind() throws Exception {
        castVote(ALICE, OPEN_POLL, YES);
        castVote(ALICE, OPEN_POLL, YES);
        castVote(BOB, OPEN_POLL, YES);
        assertThat(results()).containsExactly("Yes 2", "No 0");

        castVote(ALICE, OPEN_POLL, NO);
        assertThat(results()).containsExactly("Yes 1", "No 1");
    }

    @Test
    void aVoterSeesNobodyElsesVote() throws Exception {
        castVote(ALICE, OPEN_POLL, YES);
        castVote(BOB, OPEN_POLL, NO);

        assertThat(as("authenticated", ALICE, "select voter_id from votes")).containsExactly(ALICE);
        assertThatThrownBy(() -> as("anon", null, "select voter_id from votes"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void votingNeedsAPersonAnOpenPollAndAnOptionOfIt() {
        assertThatThrownBy(() -> as("anon", null, cast(OPEN_POLL, YES))).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> castVote(null, OPEN_POLL, YES)).hasMessageContaining("Sign in to vote");
        assertThatThrownBy(() -> castVote(ALICE, DRAFT_POLL, DRAFT_YES)).hasMessageContaining("no such poll");
        assertThatThrownBy(() -> castVote(ALICE, CLOSED_POLL, CLOSED_YES)).hasMessageContaining("not open");
        assertThatThrownBy(() -> castVote(ALICE, OPEN_POLL, CLOSED_YES)).hasMessageContaining("no such option");
    }

    @Test
    void deletingAVoterTakesTheirVoteOutOfTheTally() throws Exception {
        castVote(ALICE, OPEN_POLL, YES);
        database.execute("delete from auth.users where id = '" + ALICE + "'");

        assertThat(results()).containsExactly("Yes 0", "No 0");
    }

    @Test
    void everyTableHasRowLevelSecurityAndEveryFunctionAFixedSearchPath() throws Exception {
        assertThat(database.query("select relname from pg_class where relnamespace = 'public'::regnamespace"
                        + " and relkind = 'r' and not relrowsecurity"))
                .isEmpty();
        assertThat(database.query("select proname from pg_proc where pronamespace = 'public'::regnamespace"
                        + " and (proconfig is null or not 'search_path=\"\"' = any (proconfig))"))
                .isEmpty();
    }

    @Test
    void theNextReleaseAppliesToALiveDatabase() throws Exception {
        castVote(ALICE, OPEN_POLL, YES);

        migrate(EXAMPLE.resolve("next/supabase/migrations"));

        assertThat(as("anon", null, "select distinct category from polls")).containsExactly("general");
        assertThat(results()).containsExactly("Yes 1", "No 0");
    }

    private void migrate(Path directory) throws IOException, SQLException {
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        // In simple mode the whole file goes to the server, which alone knows where BEGIN ATOMIC ends.
        String url = "jdbc:" + database.url() + "?preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (Path file : files) {
                statement.execute(Files.readString(file));
            }
        }
    }

    private List<String> results() throws SQLException {
        return as("anon", null, "select label || ' ' || votes from poll_results where poll_id = '" + OPEN_POLL
                + "' order by position");
    }

    private void castVote(String voter, String poll, String option) throws SQLException {
        as("authenticated", voter, cast(poll, option));
    }

    private static String cast(String poll, String option) {
        return "select cast_vote('" + poll + "', '" + option + "')";
    }

    /** Runs one statement the way PostgREST does: a transaction, the role, the claims of the JWT. */
    private List<String> as(String role, String user, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local role " + role);
            try (PreparedStatement claims =
                    connection.prepareStatement("select set_config('request.jwt.claims', ?, true)")) {
                claims.setString(1, user == null ? "{}" : "{\"sub\":\"" + user + "\",\"role\":\"" + role + "\"}");
                claims.execute();
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            connection.commit();
            return values;
        }
    }
}
