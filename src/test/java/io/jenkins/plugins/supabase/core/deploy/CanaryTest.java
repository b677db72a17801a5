package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that is deployed is in the platform, and nowhere else. */
class CanaryTest {
    private static final String CANARY = "canary-5f3a";

    @TempDir
    private Path workspace;

    private final List<String> seen = new ArrayList<>();
    private DeployFixture app;

    @BeforeEach
    void application() throws Exception {
        app = new DeployFixture(workspace);
        app.write("migrations/1_polls.sql", "create table polls (id int primary key);")
                .write(
                        "config.toml",
                        """
                        [auth]
                        site_url = "env(SITE_URL)"

                        [auth.email.smtp]
                        enabled = true
                        host = "mail.example.com"
                        port = 587
                        user = "mailer"
                        pass = "env(SMTP_PASS)"
                        admin_email = "admin@example.com"
                        sender_name = "Votes"
                        """)
                .function("hello", "one");
        app.secrets.put("STRIPE_KEY", new SecretText(CANARY + "-one"));
        app.credentialVariables.put("SMTP_PASS", new SecretText(CANARY + "-mail"));
        app.credentialVariables.put("SITE_URL", new SecretText("https://" + CANARY + ".example.com"));
    }

    @AfterEach
    void close() {
        app.close();
    }

    private void look(Object... more) throws Exception {
        seen.addAll(app.log);
        for (Object one : more) {
            seen.add(String.valueOf(one));
        }
        for (String table : app.database.query(
                "select tablename from pg_tables where schemaname = 'supabase_delivery'")) {
            seen.addAll(app.database.query("select t::text from supabase_delivery." + table + " t"));
        }
        for (String content : app.database.query(
                "select encode(content, 'hex') from supabase_delivery.snapshot_contents where not compressed")) {
            seen.add(new String(HexFormat.of().parseHex(content)));
        }
        assertThat(seen).noneMatch(text -> text != null && text.contains(CANARY));
    }

    @Test
    void isInNoLogPlanResultOrLedger() throws Exception {
        PlannedDeployment plan = app.plan();
        DeployResult result = app.deploy();

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(app.project.secrets().value("STRIPE_KEY")).contains(CANARY + "-one");
        look(plan.planJson(), result, result.planJson(), app.request(), app.request().inputs());
    }

    @Test
    void isInNoFailureAndInNoWayBack() throws Exception {
        app.deploy();
        Map<String, SecretText> before = new TreeMap<>(app.secrets);
        app.previousSecrets.putAll(before);
        app.secrets.put("STRIPE_KEY", new SecretText(CANARY + "-two"));
        app.credentialVariables.put("SMTP_PASS", new SecretText(CANARY + "-mail-two"));
        app.healthy = true;
        app.function("hello", "two");
        app.project.functions().bootError("hello", true);

        DeployResult result = app.deploy();

        assertThat(result.succeeded()).isFalse();
        look(result, result.message(), result.planJson());
    }

    @Test
    void isInNoRefusal() throws Exception {
        app.secrets.put("SUPABASE_KEY", new SecretText(CANARY));
        try {
            app.deploy();
        } catch (DeliveryException e) {
            assertThat(e).hasMessageContaining("SUPABASE_KEY");
            assertThat(e.toString()).doesNotContain(CANARY);
            assertThat(app.log).noneMatch(line -> line.contains(CANARY));
            return;
        }
        throw new AssertionError("the name is the platform's own");
    }
}
