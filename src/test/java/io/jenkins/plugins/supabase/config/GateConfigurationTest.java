package io.jenkins.plugins.supabase.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateConfigurationTest {
    @ParameterizedTest
    @ValueSource(strings = {"0s", "0m", "0min", "0h 0m", " 0d "})
    void aDurationOfNoLengthIsRefused(String zero) {
        GateConfiguration gate = new GateConfiguration();
        gate.setSoak(zero);
        gate.setBackupMaxAge(zero);
        gate.setExpiry(zero);

        assertThat(gate.problems()).extracting(SettingProblem::field).containsExactly("soak", "backupMaxAge", "expiry");
        assertThat(gate.problems().get(0).message())
                .isEqualTo("\"" + zero.trim() + "\" is no time at all. Write a duration of at least 1s; leave it out where"
                        + " none is asked for.");
        assertThat(gate.problems().get(2).message()).contains("write never where it shall wait for ever");
    }

    @Test
    void theDefaultThatTheFormSendsBackIsNoChange() {
        GateConfiguration saved = new GateConfiguration();
        saved.setExpiry(saved.getExpiry());

        assertThat(saved).usingRecursiveComparison().isEqualTo(new GateConfiguration());
    }

    @Test
    void theFormHasEverySeverityThatCanBeConfigured() {
        assertThat(new GateConfiguration.DescriptorImpl().doFillMaxSeverityItems())
                .extracting(option -> option.value)
                .containsExactlyInAnyOrder("", "info", "warning", "danger");
    }

    @Test
    void itsEnvironmentIsRefusedWhole() {
        GateConfiguration gate = new GateConfiguration();
        gate.setExpiry("0h");
        EnvironmentConfiguration environment = new EnvironmentConfiguration("production");
        environment.setProjectRef("abcdefghijklmnopqrst");
        environment.setGate(gate);
        List<EnvironmentConfiguration> before = SupabaseDeliveryConfiguration.get().getEnvironments();

        assertThatThrownBy(() -> SupabaseDeliveryConfiguration.get().setEnvironments(List.of(environment)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("production")
                .hasMessageContaining("gate.expiry")
                .hasMessageContaining("\"0h\" is no time at all");
        assertThat(SupabaseDeliveryConfiguration.get().getEnvironments()).isEqualTo(before);
    }

    @Test
    void theFormSaysSoToo() {
        GateConfiguration.DescriptorImpl form = new GateConfiguration.DescriptorImpl();

        for (FormValidation said :
                List.of(form.doCheckSoak("0m"), form.doCheckBackupMaxAge("0m"), form.doCheckExpiry("0m"))) {
            assertThat(said.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(said.getMessage()).contains("no time at all");
        }
        assertThat(form.doCheckSoak("1m").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckSoak("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckExpiry("never").kind).isEqualTo(FormValidation.Kind.OK);
    }

    /** Which is how it does without that of the gate. */
    @Test
    void aBranchMaySayThatItNeedsNoSoak() {
        BranchConfiguration hotfix = new BranchConfiguration("hotfix/*");
        hotfix.setSoak("0s");
        GateConfiguration gate = new GateConfiguration();
        gate.setSoak("24h");
        gate.setBranches(List.of(hotfix));

        assertThat(gate.problems()).isEmpty();
        assertThat(gate.toRules().soak()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void anObjectiveOfNoLengthIsRefused() {
        BackupConfiguration backup = new BackupConfiguration();
        backup.setRpo("0h");
        backup.setRto("0s");

        assertThat(backup.problems()).extracting(SettingProblem::field).contains("rpo", "rto");
    }
}
