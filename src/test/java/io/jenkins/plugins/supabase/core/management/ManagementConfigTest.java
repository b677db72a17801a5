package io.jenkins.plugins.supabase.core.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.local.standin.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that read and change settings. */
class ManagementConfigTest extends ManagementFixture {
    @Test
    void oneCallGivesEverySection() throws Exception {
        try (ManagementClient client = client()) {
            assertThat(client.effectiveConfig().fieldNames())
                    .toIterable()
                    .contains("database", "pooler", "auth", "api", "realtime", "storage");
        }
        assertThat(standIn.requests().lines()).containsExactly("GET /v2/projects/" + REF + "/config");
    }

    @Test
    void anotherDocumentIsToldAsSuch() {
        standIn.faults().next("GET /v2/projects/*/config", Fault.body(200, "application/json", "{\"data\": []}"));
        ManagementClient client = client();

        assertThat(failure(client, client::effectiveConfig)).hasMessageContaining("something that is not the API's");
    }

    @ParameterizedTest
    @EnumSource(ConfigSection.class)
    void everySectionIsReadWithoutWhatIsNoSetting(ConfigSection section) throws Exception {
        try (ManagementClient client = client()) {
            assertThat(client.config(section).toString())
                    .doesNotContain("jwt_secret", "connection_string", "connectionString", "db_user",
                            "appliedSuccessfully", "entitlement");
        }
    }

    @Test
    void aSectionOfAnotherFormIsToldAsSuch() {
        standIn.faults().next("GET /v1/projects/*/config/database/pooler", Fault.body(200, "application/json", "[]"));
        ManagementClient client = client();

        assertThat(failure(client, () -> client.config(ConfigSection.POOLER)))
                .hasMessageContaining("while reading the pooler settings");
    }

    @Test
    void aLostAnswerOfAChangeIsAskedForAgain() throws Exception {
        standIn.faults().next("PATCH /v1/projects/*/postgrest", Fault.cut());
        ObjectNode changes = JsonNodeFactory.instance.objectNode().put("max_rows", 7);

        try (ManagementClient client = client()) {
            client.updateConfig(ConfigSection.API, changes);

            assertThat(client.config(ConfigSection.API).path("max_rows").asInt()).isEqualTo(7);
        }
        assertThat(standIn.requests().count("PATCH /v1/projects/*/postgrest")).isEqualTo(2);
    }

    @Test
    void aMissingPermissionIsNamed() {
        ManagementClient client = client(standIn.scopedToken("auth_config_read"), IMPATIENT);

        assertThat(failure(client, () -> {
            client.updateConfig(ConfigSection.AUTH, JsonNodeFactory.instance.objectNode().put("jwt_exp", 60));
            return null;
        })).hasMessageContaining("auth_config_write").hasMessageContaining("changing the auth settings");
    }
}
