package io.jenkins.plugins.supabase.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepArgumentsTest {
    @BeforeEach
    void configure() {
        EnvironmentConfiguration staging = new EnvironmentConfiguration("staging");
        staging.setProjectRef("abcdefghijklmnopqrst");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(staging));
    }

    @Test
    void missingEnvironmentIsAskedForWithAnExampleThatWorks() {
        assertThatThrownBy(() -> new SupabaseDeployStep(" ").start(new RecordingStepContext()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("needs the argument environment, as in supabaseDeploy environment: 'staging'")
                .hasMessageContaining("Nothing was done");
        assertThatThrownBy(() -> new VerifyHealthStep(null).start(new RecordingStepContext()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("verifyHealth needs the argument environment");
    }

    @Test
    void timeoutOfNothingIsRefused() {
        VerifyHealthStep step = new VerifyHealthStep("staging");
        step.setTimeout(0);

        assertThatThrownBy(() -> step.start(new RecordingStepContext()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("timeout: 0");
        step.setTimeout(1);
        assertThatCode(() -> step.start(new RecordingStepContext())).doesNotThrowAnyException();
    }

    @Test
    void argumentOfFewWordsNamesThem() {
        SupabaseDeployStep deploy = new SupabaseDeployStep("staging");
        deploy.setOnFailure("rolback");
        assertThatThrownBy(() -> deploy.start(new RecordingStepContext()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("onFailure: 'rolback', which is none of 'rollback', 'stop'")
                .hasMessageContaining("did you mean 'rollback'? Nothing was done.")
                .hasMessageContaining("Nothing was done");
        deploy.setOnFailure(" ");
        deploy.setStrategy("blue");
        assertThatThrownBy(() -> deploy.start(new RecordingStepContext()))
                .hasMessageContaining("strategy: 'blue', which is none of 'direct', 'blueGreen'");
        deploy.setStrategy(null);
        deploy.setRestorePoint("always");
        assertThatThrownBy(() -> deploy.start(new RecordingStepContext()))
                .hasMessageContaining("restorePoint: 'always', which is none of 'none', 'ifPossible', 'required'");
        SupabasePlanStep plan = new SupabasePlanStep("staging");
        plan.setFailOn("error");
        assertThatThrownBy(() -> plan.start(new RecordingStepContext()))
                .hasMessageContaining("failOn: 'error', which is none of 'info', 'warning', 'danger'");
    }

    @Test
    void releaseIsEitherPublishedOrNew() {
        SupabasePlanStep plan = new SupabasePlanStep("staging");
        plan.setRelease("1.2.0");
        plan.setVersion("1.2.0");

        assertThatThrownBy(() -> plan.start(new RecordingStepContext()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("both release and version");
    }

    @Test
    void formOffersAndChecksTheEnvironments() {
        SupabaseDeployStep.DescriptorImpl descriptor = new SupabaseDeployStep.DescriptorImpl();

        assertThat(descriptor.doFillEnvironmentItems(null)).extracting(item -> item.value).containsExactly("staging");
        assertThat(descriptor.doCheckEnvironment(null, "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckEnvironment(null, "staging").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckEnvironment(null, "gone").kind).isEqualTo(FormValidation.Kind.WARNING);
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        assertThat(descriptor.doCheckEnvironment(null, "").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void namesComeAsAListOrAsOneText() {
        VerifyHealthStep step = new VerifyHealthStep("staging");

        step.setFunctions(List.of("a", "b"));
        assertThat(step.getFunctions()).containsExactly("a", "b");
        assertThat(step.getFunctionsText()).isEqualTo("a, b");
        step.setFunctions(List.of("a, b c"));
        assertThat(step.getFunctions()).containsExactly("a", "b", "c");
        step.setFunctions(List.of(""));
        assertThat(step.getFunctions()).isNull();
        step.setFunctions(List.of());
        assertThat(step.getFunctions()).isEmpty();
    }
}
