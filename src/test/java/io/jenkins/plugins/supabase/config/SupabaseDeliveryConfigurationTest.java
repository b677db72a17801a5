package io.jenkins.plugins.supabase.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupabaseDeliveryConfigurationTest {
    private static final String REF = "abcdefghijklmnopqrst";

    private final SupabaseDeliveryConfiguration configuration = new SupabaseDeliveryConfiguration();

    @Test
    void findsAnEnvironmentByItsName() {
        configuration.setEnvironments(List.of(hosted("staging"), hosted("production")));

        assertThat(configuration.environment("production").getName()).isEqualTo("production");
    }

    @Test
    void unknownNameListsTheNamesThatExist() {
        configuration.setEnvironments(List.of(hosted("staging"), hosted("production")));

        assertThatThrownBy(() -> configuration.environment("prod"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no environment \"prod\"")
                .hasMessageContaining("staging, production");
    }

    @Test
    void unknownNameSaysThatNoneIsConfigured() {
        assertThatThrownBy(() -> configuration.environment("prod")).hasMessageContaining("none is configured yet");
    }

    @Test
    void duplicateNameIsRefusedAndNothingIsLost() {
        configuration.setEnvironments(List.of(hosted("staging")));

        assertThatThrownBy(() -> configuration.setEnvironments(List.of(hosted("x"), hosted("y"), hosted("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"x\"");
        assertThat(configuration.getEnvironments())
                .extracting(EnvironmentConfiguration::getName)
                .containsExactly("staging");
    }

    @Test
    void unusableEnvironmentIsRefusedByName() {
        EnvironmentConfiguration pooled = hosted("pooled");
        pooled.setDatabaseUrl("postgresql://pooler.example.com:6543/postgres");

        assertThatThrownBy(() -> configuration.setEnvironments(List.of(pooled)))
                .hasMessageContaining("\"pooled\"")
                .hasMessageContaining("databaseUrl")
                .hasMessageContaining("transaction mode");
    }

    @Test
    void formChecksTellTheReason() {
        EnvironmentConfiguration.DescriptorImpl descriptor = new EnvironmentConfiguration.DescriptorImpl();

        assertThat(descriptor.doCheckName("staging").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckName("")).hasMessageContaining("needs a name");
        assertThat(descriptor.doCheckProjectRef("short")).hasMessageContaining("20 lower-case letters");
        assertThat(descriptor.doCheckManagementUrl("http://example.com")).hasMessageContaining("use https");
        assertThat(descriptor.doCheckDatabaseUrl("", "")).hasMessageContaining("self-hosted");
        assertThat(descriptor.doCheckDatabaseUrl("", REF).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckProjectUrl("", "")).hasMessageContaining("self-hosted");
    }

    private static EnvironmentConfiguration hosted(String name) {
        EnvironmentConfiguration environment = new EnvironmentConfiguration(name);
        environment.setProjectRef(REF);
        return environment;
    }
}
