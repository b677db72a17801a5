package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditViewTest {
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

    @Test
    void whateverTellsOfAnEmergencyIsMarked() {
        for (String kind : List.of("promotion.emergency", "promotion.approved")) {
            assertThat(row(kind, "{\"emergencyReason\": \"nobody can vote\"}").emergency()).isTrue();
            assertThat(row(kind, "{\"emergencyReason\": null}").emergency()).isFalse();
        }
        assertThat(row("promotion.approved", "{\"from\": \"staging\"}").emergency()).isFalse();
        assertThat(row("backup.verified", "{\"emergencyReason\": \"another plugin's\"}").emergency()).isFalse();
    }

    private static AuditView.Row row(String kind, String payload) {
        return AuditView.Row.of(
                "production", new AuditEntry(1, new UUID(0, 1), START, "ada", kind, "promotion/op", payload, "h"));
    }

    private static AuditEntry entry(long seq, long second) {
        return new AuditEntry(seq, new UUID(0, seq), START.plusSeconds(second), "ada", "test.kind", "n/" + seq, "{}", "h" + seq);
    }

    /** As a ledger answers that is asked for one event more than a page. */
    private static AuditChain chain(String name, List<AuditEntry> all, AuditCursor before) {
        List<AuditEntry> entries = all.stream()
                .filter(entry -> entry.seq() < before.before(name))
                .sorted(Comparator.comparing(AuditEntry::seq).reversed())
                .limit(AuditView.PAGE + 1)
                .toList();
        return new AuditChain(name, List.of("test.kind"), entries, "1:h", null);
    }

    @Test
    void pagesTogetherHaveEachEventOfAllChainsOnceAndEachChainInItsOrder() {
        Random random = new Random(5);
        List<AuditEntry> one = new ArrayList<>();
        List<AuditEntry> other = new ArrayList<>();
        for (int seq = 1; seq <= 250; seq++) {
            one.add(entry(seq, 10L * seq));
            // A clock that goes back now and then, and many events of one second.
            other.add(entry(seq, 7L * seq - random.nextInt(40)));
        }
        List<AuditView.Row> shown = new ArrayList<>();
        String next = "";
        while (next != null) {
            AuditCursor from = AuditCursor.of(next);
            AuditView view =
                    AuditView.of(null, List.of(chain("one", one, from), chain("other", other, from)), true, from);
            assertThat(view.rows()).hasSizeBetween(1, AuditView.PAGE);
            shown.addAll(view.rows());
            next = view.next();
        }

        assertThat(shown).hasSize(500).doesNotHaveDuplicates();
        for (String name : List.of("one", "other")) {
            assertThat(shown)
                    .filteredOn(row -> row.environment().equals(name))
                    .extracting(AuditView.Row::seq)
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
        assertThat(shown.get(0).environment()).as("the newest of all").isEqualTo("one");
    }

    @Test
    void aLedgerThatCannotBeReadDoesNotHideTheOthers() {
        AuditChain lost = new AuditChain("lost", List.of(), List.of(), null, "nothing listens");
        AuditChain fine = chain("fine", List.of(entry(1, 0)), AuditCursor.of(null));

        AuditView both = AuditView.of(null, List.of(lost, fine), true, AuditCursor.of(null));

        assertThat(both.problems()).containsExactly("nothing listens");
        assertThat(both.rows()).hasSize(1);
        assertThat(both.isUnreadable()).isFalse();
        assertThat(AuditView.of("lost", List.of(lost), true, AuditCursor.of(null)).isUnreadable()).isTrue();
    }

    @Test
    void onlyOneWholeChainHasAnEndToVerify() {
        AuditChain chain = chain("fine", List.of(entry(1, 0)), AuditCursor.of(null));

        assertThat(AuditView.of("fine", List.of(chain), true, AuditCursor.of(null)).head()).isEqualTo("1:h");
        assertThat(AuditView.of("fine", List.of(chain), false, AuditCursor.of(null)).head()).as("of a folder").isNull();
        assertThat(AuditView.of(null, List.of(chain, chain), true, AuditCursor.of(null)).head()).isNull();
    }

    @Test
    void whereAPageBeginsIsANumberOrOneForEachChain() {
        assertThat(AuditCursor.of("17").before("any")).isEqualTo(17);
        AuditCursor named = AuditCursor.of("17,a:5").with("b", 3);
        assertThat(named.text()).isEqualTo("17,a:5,b:3");
        assertThat(AuditCursor.of(named.text())).isEqualTo(named);
        assertThat(AuditCursor.of("x:y,,z").before("x")).isEqualTo(Long.MAX_VALUE);
    }
}
