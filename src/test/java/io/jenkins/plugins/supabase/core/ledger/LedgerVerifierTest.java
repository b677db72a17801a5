package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an owner of the database can do to the ledger, triggers disabled, and what of it is found. */
@Timeout(180)
class LedgerVerifierTest {
    private static final int MANY = Integer.getInteger("ledger.events", 20_000);
    private static final String REHASH =
            " update supabase_delivery.audit_events e set hash = supabase_delivery.event_hash(e)";
    private static final String FORGE_HEAD =
            " update supabase_delivery.audit_head set (seq, hash) = (select seq, hash from"
                    + " supabase_delivery.audit_events order by seq desc limit 1);";

    private LedgerFixture fixture;

    /** Events 1 and 2 of a deployment, 3 to 5 of others, 6 and 7 of a deployment. */
    @BeforeEach
    void fill() throws SQLException {
        fixture = new LedgerFixture();
        try (Ledger ledger = fixture.open()) {
            deploy(ledger, "op-1");
            for (int i = 0; i < 3; i++) {
                ledger.append(AuditChainTest.event("test.event", "number/" + i));
            }
            deploy(ledger, "op-2");
        }
    }

    private static void deploy(Ledger ledger, String operation) {
        try (OpenDeployment open = ledger.begin(LedgerFixture.deployment(operation))) {
            open.saveSnapshot("config", "auth", new byte[] {1});
            open.snapshotsTaken();
            open.step("migration", "1_init.sql").done("2 statements");
            open.end(Outcome.SUCCEEDED, "", LedgerFixture.state(operation));
        }
    }

    @Test
    void shouldFindNothingInWhatTheLedgerWrote() throws SQLException {
        Verification verification = verify(null);

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.events()).isEqualTo(7);
        assertThat(verify(verification.head())).isEqualTo(verification);
        assertThat(problemsByHand()).isEmpty();
    }

    @Test
    void shouldNotMindWhatRunsMeanwhile() throws SQLException {
        try (Ledger ledger = fixture.open();
                OpenDeployment killed = ledger.begin(LedgerFixture.deployment("op-3"));
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-4"))) {
            open.step("migration", "2.sql");

            assertThat(verify(null).problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "an edited payload | update EVENTS set payload = '{}' where seq = 4 | 4 | edited",
        "an edited actor | update EVENTS set actor = 'bob' where seq = 4 | 4 | edited",
        "an edited time | update EVENTS set at = at + interval '1 us' where seq = 4 | 4 | edited",
        "an edited id | update EVENTS set id = gen_random_uuid() where seq = 4 | 4 | edited",
        "an edited event with a new hash | update EVENTS set actor = 'bob' where seq = 4; REHASH where seq = 4"
                + " | 5 | does not follow",
        "a removed event | delete from EVENTS where seq = 4 | 5 | event 4 before it is missing",
        "removed events | delete from EVENTS where seq in (3, 4) | 5 | events 3 to 4 before it are missing",
        "the first one removed | delete from EVENTS where seq = 1 | 2 | event 1 before it is missing",
        "a removed event, numbers closed | delete from EVENTS where seq = 4; update EVENTS set seq = seq - 1 where"
                + " seq = 5; REHASH where seq = 4 | 4 | does not follow",
        "events put into another order | update EVENTS set seq = 99 where seq = 3; update EVENTS set seq = 3 where"
                + " seq = 4; update EVENTS set seq = 4 where seq = 99 | 3 | edited or moved",
        "an inserted event | update EVENTS set seq = -seq where seq > 4; update EVENTS set seq = 1 - seq where seq < 0;"
                + " insert into EVENTS select 5, gen_random_uuid(), at, actor, kind, subject, payload, hash, ''"
                + " from EVENTS where seq = 4; REHASH where seq = 5 | 6 | inserted",
        "an event after the last | insert into EVENTS select 8, gen_random_uuid(), at, actor, kind, subject, payload,"
                + " hash, '' from EVENTS where seq = 7; REHASH where seq = 8 | 8 | was inserted",
        "the end cut off | delete from EVENTS where seq > 5 | 5 | the end was cut off",
        "the last one replaced | update EVENTS set actor = 'bob' where seq = 7; REHASH where seq = 7"
                + " | 7 | not the last event that the ledger wrote",
        "all events removed | delete from EVENTS | 0 | the end was cut off"
    })
    void shouldFindWhatWasDoneToTheChain(String what, String sql, long seq, String problem) throws SQLException {
        tamper(sql);

        assertThat(verify(null).problems())
                .as(what)
                .anySatisfy(found -> {
                    assertThat(found.seq()).isEqualTo(seq);
                    assertThat(found.what()).contains(problem);
                });
        assertThat(problemsByHand()).as("by hand: " + what).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "update supabase_delivery.deployments set actor = 'bob' where id = 1 | 2 | deployment/1 is not what it was",
        "update supabase_delivery.deployments set plan = '{}' where id = 1 | 2 | deployment/1 is not what it was",
        "update supabase_delivery.deployments set state = 'FAILED' where id = 1 | 2 | deployment/1 is not what it was",
        "update supabase_delivery.releases set version = '9' | 2 | deployment/1 is not what it was",
        "update supabase_delivery.steps set detail = '' where deployment_id = 2 | 7 | deployment/2 is not what it was",
        "delete from supabase_delivery.steps where deployment_id = 2 | 7 | deployment/2 is not what it was",
        "update supabase_delivery.snapshots set digest = repeat('0', 64) where deployment_id = 1 | 2 | snapshots of"
                + " deployment/1",
        "update supabase_delivery.environment_states set state = '{}' | 2 | state that deployment/1 recorded was"
                + " edited",
        "delete from supabase_delivery.deployments where id = 2 | 7 | deployment/2 is gone",
        "insert into supabase_delivery.deployments select 3, operation_id, gen_random_uuid(), attempts, kind,"
                + " release_digest, previous_release_digest, plan_digest, plan, strategy, actor, build_url,"
                + " controller, 3, state, started_at, ended_at, heartbeat_at, lease_expires_at, message from"
                + " supabase_delivery.deployments where id = 2 | 0 | deployment/3 has ended, but no event says so"
    })
    void shouldFindWhatWasDoneToDeployments(String sql, long seq, String problem) throws SQLException {
        fixture.database.execute("set session_replication_role = replica; " + sql);

        assertThat(verify(null).problems()).anySatisfy(found -> {
            assertThat(found.seq()).isEqualTo(seq);
            assertThat(found.what()).contains(problem);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "update supabase_delivery.approvals set decided_by = 'mallory' where decided_by = 'bob' | the decision of"
                + " mallory on the promotion op-9 is not what its event says",
        "update supabase_delivery.approvals set decision = 'APPROVED' where decided_by = 'eve' | the decision of eve",
        "update supabase_delivery.approvals set comment = 'fine' where decided_by = 'bob' | the decision of bob",
        "update supabase_delivery.approvals set plan_digest = repeat('f', 64) where decided_by = 'bob'"
                + " | the decision of bob",
        "update supabase_delivery.approvals set decided_at = decided_at - interval '1 day' where decided_by = 'bob'"
                + " | the decision of bob",
        "update supabase_delivery.approvals set emergency = true where decided_by = 'bob' | the decision of bob",
        "delete from supabase_delivery.approvals where decided_by = 'eve'"
                + " | the decision of eve on the promotion op-9 is gone",
        "insert into supabase_delivery.approvals select operation_id, plan_digest, 'mallory', decision, decided_at,"
                + " comment, emergency, 1 from supabase_delivery.approvals where decided_by = 'bob'"
                + " | the decision of mallory"
    })
    void shouldFindWhatWasDoneToDecisions(String sql, String problem) throws SQLException {
        try (Ledger ledger = fixture.open()) {
            LedgerPromotionTest.decide(ledger, "bob", DecisionEntry.Verdict.APPROVED);
            LedgerPromotionTest.decide(ledger, "eve", DecisionEntry.Verdict.REJECTED);
        }
        assertThat(verify(null).problems()).isEmpty();

        fixture.database.execute("set session_replication_role = replica; " + sql);

        assertThat(verify(null).problems())
                .extracting(Verification.Problem::what)
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void shouldFindASecondEndThatFitsAnEditedDeployment() throws SQLException {
        fixture.database.execute("update supabase_delivery.deployments set actor = 'bob' where id = 1;"
                + " select supabase_delivery.append_event(gen_random_uuid(), 'bob', 'deployment.ended', 'deployment/1',"
                + " jsonb_build_object('digest', supabase_delivery.deployment_digest(1), 'snapshots',"
                + " supabase_delivery.snapshots_digest(1)))");

        assertThat(verify(null).problems())
                .extracting(Verification.Problem::toString)
                .anySatisfy(problem -> assertThat(problem).startsWith("Event 8: deployment/1 ended before"));
    }

    @Test
    void shouldFindAChainWrittenAnewByAHeadThatWasKept() throws SQLException {
        AuditHead kept = verify(null).head();
        tamper("delete from EVENTS where seq > 5;" + FORGE_HEAD
                + " delete from supabase_delivery.steps where deployment_id = 2; delete from"
                + " supabase_delivery.snapshots where deployment_id = 2; delete from supabase_delivery.deployments"
                + " where id = 2");
        assertThat(verify(null).problems()).as("nothing inside tells").isEmpty();

        assertThat(verify(kept).problems()).extracting(Verification.Problem::seq).containsExactly(5L);
        assertThat(verify(new AuditHead(5, "0".repeat(64))).problems())
                .extracting(Verification.Problem::what)
                .containsExactly("it is not the event whose hash was kept outside: the chain was written anew");
    }

    @Test
    void shouldMissALedgerThatWasDropped() throws SQLException {
        AuditHead kept = verify(null).head();
        fixture.database.execute("drop schema supabase_delivery cascade");

        assertThat(verify(kept).intact()).isFalse();
        assertThat(verify(null).intact()).isTrue();
    }

    @Test
    void shouldVerifyMoreEventsThanAreReadAtATime() throws SQLException {
        fixture.database.execute("""
                do $$
                declare
                    e supabase_delivery.audit_events;
                begin
                    select * into e from supabase_delivery.audit_events order by seq desc limit 1;
                    for i in 8..%d loop
                        e.seq := i;
                        e.id := gen_random_uuid();
                        e.kind := 'test.event';
                        e.previous_hash := e.hash;
                        e.hash := supabase_delivery.event_hash(e);
                        insert into supabase_delivery.audit_events select e.*;
                    end loop;
                    update supabase_delivery.audit_head set seq = e.seq, hash = e.hash;
                end;
                $$
                """.formatted(MANY));

        Verification verification = verify(null);

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.events()).isEqualTo(MANY);
    }

    private void tamper(String sql) throws SQLException {
        fixture.database.execute("set session_replication_role = replica; "
                + sql.replace("REHASH", REHASH).replace("EVENTS", "supabase_delivery.audit_events"));
    }

    private Verification verify(AuditHead kept) throws SQLException {
        try (Connection connection = fixture.database.connect()) {
            return LedgerVerifier.verify(connection, kept);
        }
    }

    /** The query of the documentation. */
    private List<String> problemsByHand() throws SQLException {
        try {
            String page = Files.readString(Path.of("docs/ledger.md"));
            int start = page.indexOf("```sql\nwith chain as") + "```sql\n".length();
            String query = page.substring(start, page.indexOf("```", start));
            assertThat(query.lines().count()).isLessThanOrEqualTo(20);
            return fixture.database.query(query);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
