package io.jenkins.plugins.supabase.examples;

import static io.jenkins.plugins.supabase.examples.VotesDatabase.ALICE;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.BOB;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.CLOSED_POLL;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.CLOSED_YES;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.DRAFT_POLL;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.DRAFT_YES;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.NO;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.OPEN_POLL;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the example promises about its data, asked of a real PostgreSQL under the roles of the Data API. */
class VotesMigrationsTest {
    private TestDatabase database;

    @BeforeEach
    void deploy() throws Exception {
        database = VotesDatabase.create();
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
    void votersThatChangeSidesAtOnceDoNotBlockEachOther() throws Exception {
        ExecutorService voters = Executors.newFixedThreadPool(2);
        try {
            Future<?> alice = voters.submit(() -> changeSides(ALICE, YES, NO));
            Future<?> bob = voters.submit(() -> changeSides(BOB, NO, YES));
            alice.get(2, TimeUnit.MINUTES);
            bob.get(2, TimeUnit.MINUTES);
        } finally {
            voters.shutdownNow();
        }
        assertThat(results()).containsExactly("Yes 1", "No 1");
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

        VotesDatabase.migrate(database, VotesDatabase.EXAMPLE.resolve("next/supabase/migrations"));

        assertThat(as("anon", null, "select distinct category from polls")).containsExactly("general");
        assertThat(results()).containsExactly("Yes 1", "No 0");
    }

    private List<String> results() throws SQLException {
        return as("anon", null, "select label || ' ' || votes from poll_results where poll_id = '" + OPEN_POLL
                + "' order by position");
    }

    private void castVote(String voter, String poll, String option) throws SQLException {
        as("authenticated", voter, cast(poll, option));
    }

    private Void changeSides(String voter, String first, String second) throws SQLException {
        for (int i = 0; i < 40; i++) {
            castVote(voter, OPEN_POLL, first);
            castVote(voter, OPEN_POLL, second);
        }
        return null;
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
