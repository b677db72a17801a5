package io.jenkins.plugins.supabase.examples;

import static io.jenkins.plugins.supabase.examples.VotesDatabase.ALICE;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.OPEN_POLL;
import static io.jenkins.plugins.supabase.examples.VotesDatabase.YES;
import static org.assertj.core.api.Assertions.assertThat;

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

/** The stand-in's Data API over the example's real database: keys become roles, and the policies hold. */
class VotesDataApiTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private SupabaseStandIn standIn;
    private StandInProject project;

    @BeforeEach
    void start() throws Exception {
        TestDatabase database = VotesDatabase.create();
        standIn = SupabaseStandIn.start();
        project = standIn.createProject("abcdefghijklmnopqrst");
        project.tables().database("jdbc:" + database.url(), LocalPostgres.USER, LocalPostgres.PASSWORD);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void anonymousReadersGetWhatThePoliciesShow() throws Exception {
        String anon = project.keys().publishable();

        assertThat(get("/polls?select=question&order=question.desc", anon).body())
                .isEqualTo("[{\"question\":\"Tea before coffee?\"},{\"question\":\"Over and done with?\"}]");
        assertThat(get("/polls?select=id&limit=1", anon).body()).containsOnlyOnce("id");
        assertThat(get("/polls?published=eq.false", anon).body()).isEqualTo("[]");
        assertThat(get("/polls?published=eq.false", project.keys().secret()).body()).contains("Still being written?");
        assertThat(get("/votes", anon).statusCode()).isEqualTo(401);
        assertThat(get("/nonsense", anon).statusCode()).isEqualTo(404);
        assertThat(get("/polls?question=like.Tea", anon).statusCode()).isEqualTo(400);
    }

    @Test
    void aSignedInPersonVotes() throws Exception {
        String vote = "{\"poll_id\":\"" + OPEN_POLL + "\",\"option_id\":\"" + YES + "\"}";

        assertThat(cast(vote, null).statusCode()).isEqualTo(401);
        assertThat(cast(vote, project.keys().userToken(ALICE)).statusCode()).isEqualTo(204);

        assertThat(get("/poll_results?select=label,votes&option_id=eq." + YES, project.keys().anon()).body())
                .isEqualTo("[{\"label\":\"Yes\",\"votes\":1}]");
    }

    @Test
    void anUnknownFunctionOrArgumentIsNotFound() throws Exception {
        assertThat(cast("{\"poll\":\"" + OPEN_POLL + "\"}", project.keys().userToken(ALICE)).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(project.url() + "/rest/v1" + path))
                .header("apikey", key)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> cast(String arguments, String userToken) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(project.url() + "/rest/v1/rpc/cast_vote"))
                .header("apikey", project.keys().publishable())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(arguments));
        if (userToken != null) {
            request.header("Authorization", "Bearer " + userToken);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
