package io.jenkins.plugins.supabase.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.Test;

class EnvironmentCredentialsTest {
    private final EnvironmentConfiguration environment = new EnvironmentConfiguration("staging");

    @Test
    void resolvesEachKind() {
        environment.setAccessTokenCredentialsId("token");
        environment.setDatabaseCredentialsId("database");
        environment.setApiKeyCredentialsId("key");

        Access access = resolve(text("token", "t"), login("database", "postgres", "p"), text("key", "k"));

        assertThat(access.accessToken().reveal()).isEqualTo("t");
        assertThat(access.databaseUser()).isEqualTo("postgres");
        assertThat(access.databasePassword().reveal()).isEqualTo("p");
        assertThat(access.apiKey().reveal()).isEqualTo("k");
        assertThat(access.toString()).doesNotContain("accessToken=t").contains("****");
    }

    @Test
    void whatIsNotConfiguredStaysNull() {
        assertThat(resolve()).isEqualTo(new Access(null, null, null, null));
    }

    @Test
    void missingCredentialIsNamedWithItsSetting() {
        environment.setDatabaseCredentialsId("database");

        assertThatThrownBy(() -> resolve(text("other", "secret")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("\"staging\"")
                .hasMessageContaining("\"database\" (databaseCredentialsId)")
                .hasMessageContaining("does not exist")
                .hasMessageContaining("Username with password");
    }

    @Test
    void credentialOfAnotherKindIsNamedWithTheKindItMustBe() {
        environment.setAccessTokenCredentialsId("token");

        assertThatThrownBy(() -> resolve(login("token", "user", "secret")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("\"token\" (accessTokenCredentialsId)")
                .hasMessageContaining("another kind")
                .hasMessageContaining("Secret text")
                .hasMessageNotContaining("secret\"");
    }

    @Test
    void emptyCredentialIsNamed() {
        environment.setApiKeyCredentialsId("key");

        assertThatThrownBy(() -> resolve(text("key", " ")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("\"key\"")
                .hasMessageContaining("\"staging\"")
                .hasMessageContaining("is empty");
    }

    private Access resolve(IdCredentials... store) {
        return new EnvironmentCredentials(environment, new CredentialSource() {
                    @Override
                    public <C extends IdCredentials> C find(String id, Class<C> kind) {
                        return List.of(store).stream()
                                .filter(credential -> credential.getId().equals(id) && kind.isInstance(credential))
                                .map(kind::cast)
                                .findFirst()
                                .orElse(null);
                    }

                    @Override
                    public boolean exists(String id) {
                        return find(id, IdCredentials.class) != null;
                    }
                })
                .resolve();
    }

    private static StringCredentials text(String id, String secret) {
        return new StringCredentials() {
            @Override
            public String getId() {
                return id;
            }

            @Override
            public String getDescription() {
                return "";
            }

            @Override
            public Secret getSecret() {
                return Secret.fromString(secret);
            }
        };
    }

    private static StandardUsernamePasswordCredentials login(String id, String user, String password) {
        return new StandardUsernamePasswordCredentials() {
            @Override
            public String getId() {
                return id;
            }

            @Override
            public String getDescription() {
                return "";
            }

            @Override
            public String getUsername() {
                return user;
            }

            @Override
            public Secret getPassword() {
                return Secret.fromString(password);
            }
        };
    }
}
