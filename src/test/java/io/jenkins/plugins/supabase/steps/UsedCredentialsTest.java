package io.jenkins.plugins.supabase.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.ExtensionList;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentials;
import io.jenkins.plugins.supabase.pages.EnvironmentNews;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsedCredentialsTest {
    private static final String SECRET = "the-very-secret";
    private static final Origin ORIGIN = new Origin("operation", "ada", "https://ci/job/votes/7/", "https://ci/");

    private final List<AuditEvent> heard = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();
    private final EnvironmentNews listener = new EnvironmentNews() {
        @Override
        public void happened(String environment, AuditEvent event, UUID id) {
            heard.add(event);
            ids.add(id);
        }
    };

    @BeforeEach
    @SuppressWarnings("deprecation")
    void listen() {
        ExtensionList.lookup(EnvironmentNews.class).add(listener);
    }

    @AfterEach
    void leave() {
        ExtensionList.lookup(EnvironmentNews.class).remove(listener);
    }

    @Test
    void oneEventTellsOfAllCredentialsAndWhatForAndOfNoValue() {
        UsedCredentials used = new UsedCredentials();

        use(used);
        use(used);
        used.tell("supabaseDeploy", "staging", ORIGIN);

        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("ada");
            assertThat(event.kind()).isEqualTo("credentials.used");
            assertThat(event.subject()).isEqualTo("environment/staging");
            assertThat(event.payload())
                    .hasToString("{\"step\":\"supabaseDeploy\",\"build\":\"https://ci/job/votes/7/\",\"credentials\":["
                            + "{\"id\":\"database\",\"for\":[\"The environment \\\"staging\\\": databaseCredentialsId\"]},"
                            + "{\"id\":\"shared\",\"for\":[\"The environment \\\"staging\\\": accessTokenCredentialsId\","
                            + "\"supabaseDeploy: secrets: STRIPE_KEY\"]}]}");
        });
        assertThat(heard.toString()).doesNotContain(SECRET);
    }

    @Test
    void isToldOfOnceAlsoAfterARestart() throws Exception {
        UsedCredentials used = new UsedCredentials();
        use(used);
        used.tell("supabaseDeploy", "staging", ORIGIN);

        UsedCredentials restored = restarted(used);
        use(restored);

        assertThat(restored.hasNews()).isFalse();
    }

    /** As where Jenkins was killed before the state was written. */
    @Test
    void whatIsToldTwiceIsTheSameEvent() {
        for (UsedCredentials used : List.of(new UsedCredentials(), new UsedCredentials())) {
            use(used);
            used.tell("supabaseDeploy", "staging", ORIGIN);
        }

        assertThat(ids).hasSize(2);
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
    }

    @Test
    void aFurtherCredentialIsToldOfAlone() {
        UsedCredentials used = new UsedCredentials();
        use(used);
        used.tell("rollbackDeployment", "staging", ORIGIN);

        new CredentialLookup(used.watch(source())).text("An earlier deployment", "SMTP_KEY", "mail");
        used.tell("rollbackDeployment", "staging", ORIGIN);

        assertThat(heard).hasSize(2);
        assertThat(heard.get(1).payload().path("credentials")).hasSize(1);
        assertThat(heard.get(1).payload().toString()).contains("\"mail\"");
        assertThat(ids.get(0)).isNotEqualTo(ids.get(1));
    }

    @Test
    void aCredentialThatIsOnlyNamedIsNotUsed() {
        UsedCredentials used = new UsedCredentials();

        used.watch(source()).exists("database");

        assertThat(used.hasNews()).isFalse();
    }

    /** Pipeline writes its programs on a thread of its own, while the step works on another. */
    @Test
    void canBeUsedWhileItIsWritten() throws Exception {
        UsedCredentials used = new UsedCredentials();
        use(used);

        UsedCredentials restored = restarted(used, () -> new CredentialLookup(used.watch(source()))
                .text("A deployment", "SMTP_KEY", "mail"));
        restored.tell("supabaseDeploy", "staging", ORIGIN);

        assertThat(heard.get(0).payload().path("credentials")).hasSize(2);
        used.tell("supabaseDeploy", "staging", ORIGIN);
        assertThat(heard.get(1).payload().path("credentials")).hasSize(3);
    }

    private static void use(UsedCredentials used) {
        EnvironmentConfiguration environment = new EnvironmentConfiguration("staging");
        environment.setDatabaseCredentialsId("database");
        environment.setAccessTokenCredentialsId("shared");
        CredentialSource watched = used.watch(source());
        new EnvironmentCredentials(environment, watched).resolve();
        NamedCredentials.resolve(
                "supabaseDeploy", "secrets", Map.of("STRIPE_KEY", "shared"), new CredentialLookup(watched));
    }

    private static CredentialSource source() {
        return new CredentialSource() {
            @Override
            public <C extends IdCredentials> C find(String id, Class<C> kind) {
                Secret secret = Secret.fromString(SECRET);
                return kind.cast(
                        id.equals("database")
                                ? new LocalCredentials.UsernamePassword(id, "", "postgres", secret)
                                : new LocalCredentials.Text(id, "", secret));
            }

            @Override
            public boolean exists(String id) {
                return true;
            }
        };
    }

    private static UsedCredentials restarted(UsedCredentials used) throws Exception {
        return restarted(used, () -> {});
    }

    /** @param meanwhile happens when the first credential is written */
    private static UsedCredentials restarted(UsedCredentials used, Runnable meanwhile) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes) {
            {
                enableReplaceObject(true);
            }

            @Override
            protected Object replaceObject(Object object) {
                if ("database".equals(object)) {
                    meanwhile.run();
                }
                return object;
            }
        }) {
            out.writeObject(used);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (UsedCredentials) in.readObject();
        }
    }
}
