package io.jenkins.plugins.supabase.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskedGateTest {
    @Test
    void aDurationOfNoLengthEndsTheStepBeforeAnythingIsDone() {
        AskedGate asked = new AskedGate();
        asked.setSoak("0m");

        assertThatThrownBy(asked::toRules)
                .isInstanceOf(AbortException.class)
                .hasMessage("promoteEnvironment was given a gate that it cannot use: soak: \"0m\" is no time at all. Write a"
                        + " duration of at least 1s; leave it out where none is asked for. Nothing was done.");
    }

    @Test
    void oneThatCanBeUsedIsAskedFor() throws Exception {
        AskedGate asked = new AskedGate();
        asked.setSoak("90s");

        assertThat(asked.toRules().soak()).isEqualTo(Duration.ofSeconds(90));
    }
}
