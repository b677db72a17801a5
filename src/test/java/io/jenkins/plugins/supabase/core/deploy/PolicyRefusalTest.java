package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only administrators can allow. */
class PolicyRefusalTest {
    @TempDir
    private Path workspace;

    private DeployFixture app;

    @BeforeEach
    void open() throws Exception {
        app = new DeployFixture(workspace);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void whatThePolicyRefusesIsInThePlanAlready() throws Exception {
        app.write("config.toml", "[auth]\nminimum_password_length = 12\n\n[storage.buckets.avatars]\npublic = false\n");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        app.write("config.toml", "[auth]\nminimum_password_length = 8\n\n[storage.buckets.avatars]\npublic = true\n");
        app.log.clear();

        app.plan();

        assertThat(app.log)
                .anyMatch(line -> line.contains("REFUSED") && line.contains("auth.minimum_password_length"))
                .anyMatch(line -> line.contains("REFUSED") && line.contains("storage.buckets.avatars.public"));
        assertThatThrownBy(() -> app.deploy())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("auth.minimum_password_length")
                .hasMessageContaining("storage.buckets.avatars.public");
        assertThat(app.database.query("select state from supabase_delivery.deployments"))
                .as("nothing was begun")
                .containsExactly("SUCCEEDED");
    }
}
