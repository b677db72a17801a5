package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AuditChainTest {
    private LedgerFixture fixture;

    @BeforeEach
    void createDatabase() throws SQLException {
        fixture = new LedgerFixture();
    }

    static AuditEvent event(String kind, String subject) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("comment", "line one\nline \"two\" – Grüße 🙂 \\ \u0001").put("number", 1.50).putNull("nothing");
        return new AuditEvent("alice", kind, subject, payload);
    }

    @Test
    void shouldChainEvents() throws SQLException {
        try (Ledger ledger = fixture.open()) {
            AuditEntry first = ledger.append(event("promotion.asked", "release/1.0.1"));
            AuditEntry second = ledger.append(event("promotion.requested", "release/1.0.1"));

            assertThat(first).returns(1L, AuditEntry::seq).returns("promotion.asked", AuditEntry::kind);
            assertThat(second.seq()).isEqualTo(2);
            assertThat(verify()).isEqualTo(new Verification(second.head(), 2, List.of()));
            assertThat(fixture.database.query("select previous_hash from supabase_delivery.audit_events order by seq"))
                    .containsExactly(AuditHead.NONE.hash(), first.hash());
        }
    }

    @Test
    void shouldMakeOneChainOfWhatManyAppendAtOnce() throws Exception {
        int controllers = 6;
        int each = 40;
        fixture.open().close();
        ExecutorService threads = Executors.newFixedThreadPool(controllers);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < controllers; i++) {
                String subject = "controller/" + i;
                all.add(threads.submit(() -> {
                    try (Ledger ledger = fixture.open()) {
                        for (int n = 0; n < each; n++) {
                            ledger.append(event("test.event", subject));
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Verification verification = verify();
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.events()).isEqualTo(controllers * each);
        assertThat(verification.head().seq()).isEqualTo(controllers * each);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update supabase_delivery.audit_events set actor = 'mallory'",
        "delete from supabase_delivery.audit_events",
        "truncate supabase_delivery.audit_events",
        "truncate supabase_delivery.audit_head",
        "delete from supabase_delivery.audit_head"
    })
    void shouldRefuseToForget(String sql) {
        try (Ledger ledger = fixture.open()) {
            ledger.append(event("test.event", ""));

            assertThatThrownBy(() -> fixture.database.execute(sql)).hasMessageContaining("is append-only");
        }
    }

    @Test
    void shouldLeaveTheDeploymentsEventsToDeployments() {
        assertThatThrownBy(() -> event("deployment.ended", "deployment/1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFilterEvents() {
        try (Ledger ledger = fixture.open()) {
            LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
            ledger.append(event("promotion.asked", "release/1.0.1"));
            ledger.append(event("promotion.requested", "release/1.0.1"));
            Instant now = Instant.now();

            assertThat(kinds(ledger, AuditFilter.newest(2))).containsExactly("promotion.requested", "promotion.asked");
            assertThat(kinds(ledger, new AuditFilter(3, null, null, null, null, null, null, 9)))
                    .containsExactly("deployment.ended", "deployment.started");
            assertThat(kinds(ledger, new AuditFilter(9, null, "deployment.", null, null, null, null, 9)))
                    .containsExactly("deployment.ended", "deployment.started");
            assertThat(kinds(ledger, new AuditFilter(9, null, "promotion.asked", null, null, null, null, 9)))
                    .containsExactly("promotion.asked");
            assertThat(kinds(ledger, new AuditFilter(9, "alice", null, "deployment/1", null, null, null, 1)))
                    .containsExactly("deployment.ended");
            assertThat(kinds(ledger, new AuditFilter(9, "bob", null, null, null, null, null, 9))).isEmpty();
            assertThat(kinds(ledger, new AuditFilter(9, null, null, null, now.plusSeconds(3600), null, null, 9))).isEmpty();
            assertThat(kinds(ledger, new AuditFilter(9, null, null, null, null, now.minusSeconds(3600), null, 9))).isEmpty();
        }
    }

    /** Of a deployment only its first event names the build. */
    @Test
    void shouldFilterByBuilds() {
        try (Ledger ledger = fixture.open()) {
            LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
            ledger.append(event("promotion.asked", "promotion/1"));
            ledger.append(new AuditEvent(
                    "ada",
                    "promotion.requested",
                    "promotion/2",
                    JsonNodeFactory.instance.objectNode().put("build", "job/other/1/")));
            String build = ledger.ask(reader -> reader.newest()).orElseThrow().buildUrl();

            assertThat(kinds(ledger, ofBuilds(build.substring(0, build.length() - 2))))
                    .containsExactly("deployment.ended", "deployment.started");
            assertThat(kinds(ledger, ofBuilds("https://nowhere.test/", "job/other/"))).containsExactly("promotion.requested");
            assertThat(kinds(ledger, ofBuilds("job/oth%/"))).isEmpty();
        }
    }

    private static AuditFilter ofBuilds(String... beginnings) {
        return new AuditFilter(Long.MAX_VALUE, null, null, null, null, null, List.of(beginnings), 9);
    }

    private static List<String> kinds(Ledger ledger, AuditFilter filter) {
        return ledger.ask(reader -> reader.events(filter)).stream().map(AuditEntry::kind).toList();
    }

    private Verification verify() throws SQLException {
        try (Connection connection = fixture.database.connect()) {
            return LedgerVerifier.verify(connection, null);
        }
    }
}
