package io.jenkins.plugins.supabase.core.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ManagementErrorsTest extends ManagementFixture {
    @Test
    void rejectedTokenNamesTheCredential() {
        String token = standIn.scopedToken("project_admin_read");
        standIn.revokeToken(token);

        ManagementClient client = client(token, ManagementOptions.DEFAULT);
        ManagementException failure = failure(client, client::project);

        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure)
                .hasMessageContaining("rejected the access token (401)")
                .hasMessageContaining("accessTokenCredentialsId")
                .hasMessageContaining("\"staging\"")
                .hasMessageNotContaining(token);
    }

    @Test
    void missingPermissionIsNamedAsTheApiNamesIt() {
        standIn.faults().next("GET /v1/projects/*", Fault.forbidden("project_admin_read", "something_else"));

        ManagementException failure = failureOfProject(ManagementOptions.DEFAULT);

        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure).hasMessageContaining("lacks the permission project_admin_read, something_else (403)");
    }

    @Test
    void missingPermissionIsNamedWhereTheApiDoesNot() {
        standIn.faults().next("GET /v1/projects/*/functions", Fault.status(403));

        ManagementClient client = client();
        ManagementException failure = failure(client, client::functions);

        assertThat(failure).hasMessageContaining("lacks the permission edge_functions_read (403)");
    }

    @Test
    void scopedTokenWithoutThePermissionFails() {
        ManagementClient client = client(standIn.scopedToken("project_admin_read"), ManagementOptions.DEFAULT);

        assertThat(failure(client, client::functions)).hasMessageContaining("edge_functions_read");
    }

    @Test
    void unknownProjectIsNamed() {
        ManagementClient client = new ManagementClient(
                environment("tsrqponmlkjihgfedcba"), new SecretText(standIn.accessToken()), lines::add);

        ManagementException failure = failure(client, client::project);

        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure).hasMessageContaining("knows no project tsrqponmlkjihgfedcba");
    }

    @Test
    void limitOfThePlanIsSaid() {
        standIn.faults().next("GET /v1/projects/*", Fault.status(402));

        assertThat(failureOfProject(ManagementOptions.DEFAULT))
                .hasMessageContaining("plan (402) with \"Maximum number of functions reached for Plan\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void onlyTheMessageOfABodyIsShown(int status) {
        String body = "{\"message\": \"Bad\\nthing %s\", \"jwt_secret\": \"hush\"}"
                .formatted(standIn.accessToken() + "x".repeat(2000));
        standIn.faults().next("GET /v1/projects/*", Fault.body(status, "application/json", body));

        ManagementException failure = failureOfProject(ManagementOptions.DEFAULT);

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.reason()).startsWith("Bad thing ****xxx").hasSizeLessThan(510);
        assertThat(failure).hasMessageContaining("Bad thing").hasMessageNotContaining("hush");
        assertThat(failure.getMessage()).hasSizeLessThan(1000);
    }

    @Test
    void aBodyThatIsNoJsonIsNotShown() {
        standIn.faults().next("GET /v1/projects/*", Fault.body(400, "text/html", "<html>hush</html>"));

        assertThat(failureOfProject(ManagementOptions.DEFAULT))
                .hasMessageContaining("(400)")
                .hasMessageNotContaining("hush");
    }

    @Test
    void anAnswerThatIsNotTheApisIsNotShown() {
        standIn.faults().next("GET /v1/projects/*", Fault.body(200, "application/json", "{\"ref\": [hush"));

        assertThat(failureOfProject(ManagementOptions.DEFAULT))
                .hasMessageContaining("not the API's")
                .hasMessageContaining("managementUrl")
                .hasMessageNotContaining("hush");
    }

    @Test
    void asksTwiceMoreAfterAnErrorOfTheApiItselfButNotForMinutes() {
        standIn.faults().always("GET /v1/projects/*", Fault.status(500));

        assertThat(failureOfProject(ManagementOptions.DEFAULT).status()).isEqualTo(500);
        assertThat(standIn.requests().count("GET /v1/projects/*")).isEqualTo(3);
    }

    @Test
    void isNotSentElsewhereByARedirect() {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(302, "", Map.of("Location", standIn.managementUrl() + "/v1/projects/" + REF));
            ManagementClient client = client(api);
            assertThat(failure(client, client::project)).hasMessageContaining("answered 302");
        }
        assertThat(standIn.requests().entries()).isEmpty();
    }

    @Test
    void withoutATokenNothingIsAsked() {
        ManagementClient client = new ManagementClient(environment(REF), null, lines::add);

        assertThat(failure(client, client::project)).hasMessageContaining("accessTokenCredentialsId");
        assertThat(standIn.requests().entries()).isEmpty();
    }

    @Test
    void aTokenWithALineBreakInItsMiddleIsRefusedWithoutShowingIt() {
        ManagementClient client = client("one\ntwo", ManagementOptions.DEFAULT);

        assertThat(failure(client, client::project)).hasMessageContaining("characters").hasMessageNotContaining("two");
    }

    @Test
    void aTokenMayEndWithALineBreak() throws InterruptedException {
        try (ManagementClient client = client(standIn.accessToken() + "\n", ManagementOptions.DEFAULT)) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }
    }

    @Test
    void aSelfHostedStackHasNoManagementApi() {
        ManagementClient client =
                new ManagementClient(environment(null), new SecretText(standIn.accessToken()), lines::add);

        assertThat(failure(client, client::project)).hasMessageContaining("self-hosted");
    }

    @Test
    void aFailedActivationDoesNotClaimThatNothingChanged() {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(500, "");
            ManagementClient client = client(api);
            assertThat(failure(client, () -> client.activateFunctions(List.of())))
                    .hasMessageContaining("not known")
                    .hasMessageNotContaining("Nothing was changed");
        }
    }
}
