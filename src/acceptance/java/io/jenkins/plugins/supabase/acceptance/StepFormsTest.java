package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.steps.SupabaseDeployStep;
import io.jenkins.plugins.supabase.steps.VerifyHealthStep;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps' forms, as the Snippet Generator shows them. */
@WithJenkins
class StepFormsTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        EnvironmentConfiguration staging = new EnvironmentConfiguration("staging");
        staging.setProjectRef("abcdefghijklmnopqrst");
        EnvironmentConfiguration production = new EnvironmentConfiguration("production");
        production.setProjectRef("abcdefghijklmnopqrst");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(staging, production));
    }

    @Test
    void deployStepKeepsItsArguments() throws Exception {
        SupabaseDeployStep step = new SupabaseDeployStep("production");
        step.setDirectory("backend/supabase");
        step.setSkipFunctions(true);

        SupabaseDeployStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, kept);
    }

    @Test
    void healthStepKeepsItsArguments() throws Exception {
        VerifyHealthStep step = new VerifyHealthStep("production");
        step.setFunctions(List.of("update-votes", "hello"));
        step.setServices(List.of("auth", "rest"));
        step.setTable("polls");
        step.setTimeout(30);
        step.setUnstableOnly(true);

        VerifyHealthStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, kept);
    }

    @Test
    void snippetsNameWhatDiffersFromTheDefault() throws Exception {
        SnippetizerTester tester = new SnippetizerTester(jenkins);
        tester.assertRoundTrip(new SupabaseDeployStep("staging"), "supabaseDeploy 'staging'");
        VerifyHealthStep health = new VerifyHealthStep("staging");
        health.setTable("polls");
        health.setUnstableOnly(true);
        tester.assertRoundTrip(health, "verifyHealth environment: 'staging', table: 'polls', unstableOnly: true");
        assertThat(health.getTimeout()).isEqualTo(120);
    }
}
