package io.jenkins.plugins.supabase.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.Test;

class NamedCredentialsTest {
    private final CredentialLookup lookup = new CredentialLookup(new Store());

    @Test
    void formAndJenkinsfileSayTheSame() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("STRIPE_KEY", "stripe");
        names.put("SMTP_PASS", "smtp");

        String text = NamedCredentials.text(names);

        assertThat(text).isEqualTo("STRIPE_KEY=stripe\nSMTP_PASS=smtp");
        assertThat(NamedCredentials.parse(text)).isEqualTo(names);
        assertThat(NamedCredentials.parse("\r\n A : b \r\n\r\nC=d=e")).isEqualTo(Map.of("A", "b", "C", "d=e"));
        assertThat(NamedCredentials.parse(" \n")).isNull();
        assertThatThrownBy(() -> NamedCredentials.parse("A=b\nC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"C\"");
    }

    @Test
    void groovysStringsBecomeStrings() {
        Map<Object, Object> given = new LinkedHashMap<>();
        given.put(new StringBuilder("NAME"), new StringBuilder(" id "));

        assertThat(NamedCredentials.of(given)).isEqualTo(Map.of("NAME", "id"));
        assertThat(NamedCredentials.of(Map.of())).isNull();
    }

    @Test
    void secretsBehindNames() {
        assertThat(NamedCredentials.resolve("supabaseDeploy", "secrets", Map.of("KEY", "known"), lookup))
                .isEqualTo(Map.of("KEY", new SecretText("value of known")));
        assertThat(NamedCredentials.resolve("supabaseDeploy", "secrets", null, lookup)).isEmpty();
        assertThatThrownBy(() -> NamedCredentials.resolve("supabaseDeploy", "secrets", Map.of("KEY", "gone"), lookup))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabaseDeploy names the credential \"gone\" (secrets: KEY)")
                .hasMessageContaining("does not exist");
    }

    @Test
    void whatIsGoneSinceIsLeftOutOfTheWayBack() {
        assertThat(NamedCredentials.resolvable(Map.of("KEY", "known", "OLD", "gone"), lookup))
                .containsOnlyKeys("KEY");
    }

    /** Has one credential. */
    private static final class Store implements CredentialSource {
        @Override
        public <C extends IdCredentials> C find(String id, Class<C> kind) {
            return id.equals("known") && kind == StringCredentials.class ? kind.cast(new Known()) : null;
        }

        @Override
        public boolean exists(String id) {
            return id.equals("known");
        }
    }

    private static final class Known implements StringCredentials {
        @Override
        public String getId() {
            return "known";
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString("value of known");
        }
    }
}
