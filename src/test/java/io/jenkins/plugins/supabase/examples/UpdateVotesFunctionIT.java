package io.jenkins.plugins.supabase.examples;

import static io.jenkins.plugins.supabase.examples.VotesDatabase.ALICE;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.CLOSED_POLL;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.CLOSED_YES;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.NO;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.OPEN_POLL;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.YES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example's edge function itself, run by Deno, with the stand-in as its project. */
@Timeout(120)
class UpdateVotesFunctionIT {
    // Deno refuses the offer of HTTP/2 that the client would make otherwise.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private SupabaseStandIn standIn;
    private StandInProject project;
    private DenoFunction function;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(DenoFunction.isAvailable(), DenoFunction.HOW_TO_INSTALL);
        TestDatabase database = VotesDatabase.create();
        standIn = SupabaseStandIn.start();
        project = standIn.createProject("abcdefghijklmnopqrst");
        project.tables().database("jdbc:" + database.url(), LocalPostgres.USER, LocalPostgres.PASSWORD);
        function = DenoFunction.serve(VotesDatabase.EXAMPLE.resolve("supabase/functions/update-votes"), project);
    }

    @AfterEach
    void stop() throws Exception {
        if (function != null) {
            function.close();
        }
        if (standIn != null) {
            standIn.close();
        }
    }

    @Test
    void castsAndMovesAVoteAndAnswersWithTheTallies() throws Exception {
        String alice = project.keys().userToken(ALICE);

        HttpResponse<String> first = post(vote(OPEN_POLL, YES), alice);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.body()).contains("\"label\":\"Yes\",\"votes\":1", "\"label\":\"No\",\"votes\":0");

        assertThat(post(vote(OPEN_POLL, NO), alice).body())
                .contains("\"label\":\"Yes\",\"votes\":0", "\"label\":\"No\",\"votes\":1");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        String alice = project.keys().userToken(ALICE);

        assertThat(post("not json", alice).statusCode()).isEqualTo(400);
        assertThat(post("{\"poll_id\":\"1\"}", alice).body()).contains("poll_id is not a UUID");
        assertThat(post(vote(CLOSED_POLL, CLOSED_YES), alice).statusCode()).isEqualTo(409);
        assertThat(post(vote(OPEN_POLL, CLOSED_YES), alice).statusCode()).isEqualTo(404);
        assertThat(post(vote(OPEN_POLL, YES), null).statusCode()).isEqualTo(401);
    }

    @Test
    void answersABrowsersPreflight() throws Exception {
        HttpRequest preflight = HttpRequest.newBuilder(function.address())
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<String> answer = http.send(preflight, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-methods")).hasValue("POST, OPTIONS");
    }

    private HttpResponse<String> post(String body, String token) throws Exception {
        URI address = function.address();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String vote(String poll, String option) {
        return "{\"poll_id\":\"" + poll + "\",\"option_id\":\"" + option + "\"}";
    }
}
