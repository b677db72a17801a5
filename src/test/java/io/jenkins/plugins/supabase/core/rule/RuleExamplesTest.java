package io.jenkins.plugins.supabase.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.TableSizes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RuleExamplesTest {
    /** They need a trace, or stand in a test of their own. */
    private static final Set<Rule> ELSEWHERE = Set.of(
            Rule.WILL_FAIL,
            Rule.SCAN_UNDER_LOCK,
            Rule.LOCK_ON_BIG_TABLE,
            Rule.LOCK_HELD_LONG,
            Rule.ROLLBACK_DOES_NOT_RESTORE,
            Rule.NOT_EXPAND_ONLY,
            Rule.WAIVER_WITHOUT_REASON,
            Rule.WAIVER_FOR_NOTHING);

    @TestFactory
    Stream<DynamicTest> badIsFoundAndGoodIsNot() throws IOException {
        return examples().entrySet().stream().flatMap(rule -> rule.getValue().stream()
                .map(line -> DynamicTest.dynamicTest(rule.getKey() + " " + line, () -> judge(rule.getKey(), line))));
    }

    @Test
    void everyRuleHasABadAndAGoodForm() throws IOException {
        Map<String, List<String>> examples = examples();
        for (Rule rule : Rule.values()) {
            if (!ELSEWHERE.contains(rule)) {
                assertThat(examples.getOrDefault(rule.id(), List.of()))
                        .as(rule.id())
                        .anyMatch(line -> line.startsWith("bad"))
                        .anyMatch(line -> line.startsWith("good"));
            }
        }
    }

    @Test
    void theManualListsEveryRule() throws IOException {
        String manual = Files.readString(Path.of("docs/planning.md"));
        assertThat(Arrays.stream(Rule.values()).map(rule -> "`" + rule.id() + "`")).allMatch(manual::contains);
    }

    private static void judge(String rule, String line) {
        String sql = line.substring(4).strip();
        MigrationFile file = new MigrationFile("1", "change", Path.of("1_change.sql"), sql);
        List<Finding> findings =
                MigrationRules.check(List.of(file), null, TableSizes.UNKNOWN, RuleSettings.DEFAULT);
        List<String> broken = findings.stream().map(Finding::rule).toList();
        if (line.startsWith("bad")) {
            assertThat(broken).contains(rule);
            assertThat(findings).allMatch(finding -> finding.file().equals("supabase/migrations/1_change.sql"));
            assertThat(findings).allMatch(finding -> finding.line() == (finding.rule().equals("cannot-run") ? 0 : 1));
        } else {
            assertThat(broken).doesNotContain(rule);
        }
    }

    private static Map<String, List<String>> examples() throws IOException {
        Map<String, List<String>> examples = new LinkedHashMap<>();
        List<String> current = null;
        for (String line : resource().lines().toList()) {
            if (line.startsWith("  ")) {
                current.add(line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current = new ArrayList<>();
                examples.put(line.strip(), current);
            }
        }
        return examples;
    }

    private static String resource() throws IOException {
        try (var in = RuleExamplesTest.class.getResourceAsStream("examples.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
