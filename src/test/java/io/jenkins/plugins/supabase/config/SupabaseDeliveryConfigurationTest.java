package io.jenkins.plugins.supabase.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.health.FunctionProbe;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.Duration;
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

    @Test
    void policyAndHealthRulesReachTheCore() {
        EnvironmentConfiguration production = hosted("production");
        assertThat(production.toDeployPolicy()).isEqualTo(DeployPolicy.NONE);
        DeployPolicyConfiguration policy = new DeployPolicyConfiguration();
        policy.setProduction(true);
        policy.setAllowWeaker(List.of("auth.minimum_password_length, auth.enable_signup"));
        policy.setScratchDatabaseUrl("postgresql://scratch.example.com/postgres");
        production.setPolicy(policy);
        HealthRules rules = new HealthRules();
        rules.setTable("polls");
        rules.setFunctions(List.of("update-votes"));
        rules.setServices(List.of("auth"));
        rules.setTimeout(7);
        production.setHealth(rules);

        configuration.setEnvironments(List.of(production));

        assertThat(production.toDeployPolicy())
                .isEqualTo(new DeployPolicy(
                        true,
                        List.of("auth.enable_signup", "auth.minimum_password_length"),
                        false,
                        "postgresql://scratch.example.com/postgres"));
        HealthRequest request =
                rules.applyTo(HealthRequest.of(production.toEnvironment(), new Access(null, null, null, null)));
        assertThat(request.table()).isEqualTo("polls");
        assertThat(request.functions()).containsExactly(new FunctionProbe("update-votes"));
        assertThat(request.services()).containsExactly("auth");
        assertThat(request.pacing().timeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void unusablePolicyOrHealthRuleIsRefusedByName() {
        EnvironmentConfiguration environment = hosted("production");
        DeployPolicyConfiguration policy = new DeployPolicyConfiguration();
        policy.setScratchDatabaseUrl("postgresql://user:word@scratch.example.com/postgres");
        environment.setPolicy(policy);

        assertThatThrownBy(() -> configuration.setEnvironments(List.of(environment)))
                .hasMessageContaining("\"production\"")
                .hasMessageContaining("policy.scratchDatabaseUrl")
                .hasMessageContaining("name it in scratchDatabaseCredentialsId")
                .hasMessageNotContaining("word@");

        policy.setScratchDatabaseUrl(null);
        policy.setAllowWeaker(List.of("auth.minimum_pasword_length"));
        assertThatThrownBy(() -> configuration.setEnvironments(List.of(environment)))
                .hasMessageContaining("policy.allowWeaker: \"auth.minimum_pasword_length\"")
                .hasMessageContaining("did you mean \"auth.minimum_password_length\"?");

        HealthRules rules = new HealthRules();
        rules.setServices(List.of("auth", "rset"));
        environment.setPolicy(null);
        environment.setHealth(rules);
        assertThatThrownBy(() -> configuration.setEnvironments(List.of(environment)))
                .hasMessageContaining("health.services")
                .hasMessageContaining("\"rset\"");
        assertThat(configuration.getEnvironments()).isEmpty();
    }

    @Test
    void unusableDestinationIsRefusedAndNothingIsLost() {
        FolderDestination share = new FolderDestination("share");
        share.setPath("/srv/releases");
        configuration.setDestinations(List.of(share));
        FolderDestination relative = new FolderDestination("relative");
        relative.setPath("releases");
        S3Destination bucket = new S3Destination("bucket");
        bucket.setRegion("eu-central-1");
        bucket.setBucket("Not A Bucket");

        assertThatThrownBy(() -> configuration.setDestinations(List.of(relative)))
                .hasMessageContaining("\"relative\"")
                .hasMessageContaining("path: \"releases\"");
        assertThatThrownBy(() -> configuration.setDestinations(List.of(bucket)))
                .hasMessageContaining("no name of a bucket");
        assertThatThrownBy(() -> configuration.setDestinations(List.of(share, share)))
                .hasMessageContaining("two destinations with the name \"share\"");
        assertThat(configuration.getDestinations()).containsExactly(share);
    }

    @Test
    void formsOfDestinationsTellTheReason() {
        FolderDestination.DescriptorImpl folder = new FolderDestination.DescriptorImpl();
        S3Destination.DescriptorImpl s3 = new S3Destination.DescriptorImpl();

        assertThat(folder.doCheckName("")).hasMessageContaining("needs a name");
        assertThat(folder.doCheckPath("C:\\releases").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(folder.doCheckBandwidth("fast")).hasMessageContaining("is no bandwidth");
        assertThat(s3.doCheckBandwidth("20 MB/s").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(s3.doCheckBandwidth("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(s3.doCheckObjectLockDays(null, "COMPLIANCE")).hasMessageContaining("needs its days");
        assertThat(s3.doCheckObjectLockDays(30, "")).hasMessageContaining("need its mode");
        assertThat(s3.doCheckObjectLockDays(30, "GOVERNANCE").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(s3.doFillObjectLockModeItems()).hasSize(3);
        assertThat(s3.doCheckRegion("", "")).hasMessageContaining("signed for a region");
        assertThat(s3.doCheckBucket("a bucket")).hasMessageContaining("no name of a bucket");
        assertThat(s3.doCheckPrefix("releases/")).hasMessageContaining("without slashes at its ends");
        assertThat(s3.doCheckEndpoint("https://localhost:9000", false)).hasMessageContaining("set pathStyle");
        assertThat(s3.doCheckEndpoint("", false).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(s3.doCheckEndpoint("http://minio.example.com", true)).hasMessageContaining("use https");
    }

    private static EnvironmentConfiguration hosted(String name) {
        EnvironmentConfiguration environment = new EnvironmentConfiguration(name);
        environment.setProjectRef(REF);
        return environment;
    }
}
