package io.jenkins.plugins.supabase.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of promotions begin with: a release that runs in staging, and nothing in production. */
abstract class StagedRelease {
    PromotionFixture app;
    String digest;

    @BeforeEach
    final void deployToStaging(@TempDir Path workspace) throws Exception {
        app = new PromotionFixture(workspace);
        DeployResult deployed = app.staging.deploy();
        assertThat(deployed.succeeded()).as(deployed.message()).isTrue();
        digest = deployed.releaseDigest();
    }

    @AfterEach
    final void close() {
        app.close();
    }
}
