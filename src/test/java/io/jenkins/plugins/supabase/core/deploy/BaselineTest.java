package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private static SortedMap<String, String> map(Map<String, String> entries) {
        return new TreeMap<>(entries);
    }

    private static SortedMap<String, String> baseline(
            Map<String, String> recorded, Map<String, String> before, Map<String, String> after) {
        return Baseline.of(map(recorded), map(before), map(after));
    }

    @Test
    void theFirstDeploymentRecordsAllThereIs() {
        assertThat(baseline(Map.of(), Map.of("a", "1"), Map.of("a", "1", "b", "2")))
                .containsExactlyEntriesOf(map(Map.of("a", "1", "b", "2")));
    }

    @Test
    void whatADeploymentChangesIsRecorded() {
        assertThat(baseline(Map.of("a", "1", "gone", "1"), Map.of("a", "1", "gone", "1"), Map.of("a", "2", "new", "3")))
                .containsExactlyEntriesOf(map(Map.of("a", "2", "new", "3")));
    }

    @Test
    void whatOthersChangedStaysADrift() {
        Map<String, String> changedByHand = Map.of("a", "9", "added", "9");
        assertThat(baseline(Map.of("a", "1", "removed", "1"), changedByHand, changedByHand))
                .containsExactlyEntriesOf(map(Map.of("a", "1", "removed", "1")));
    }

    @Test
    void aDriftThatTheDeploymentCorrectsIsNoneAnyMore() {
        assertThat(baseline(Map.of("a", "1"), Map.of("a", "9"), Map.of("a", "1"))).containsEntry("a", "1");
    }
}
