package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.ledger.HistoryQuery.Order;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryQueryTest {
    private static final int DEPLOYMENTS = 40;

    private LedgerFixture fixture;

    @BeforeEach
    void deploy() throws Exception {
        fixture = new LedgerFixture();
        try (Ledger ledger = fixture.open()) {
            for (int i = 0; i < DEPLOYMENTS; i++) {
                String release = String.valueOf(1 + i % 3).repeat(64);
                LedgerFixture.succeed(ledger, "op" + i, release);
            }
        }
        fixture.database.execute("update supabase_delivery.deployments set actor = (array['bob', 'alice', 'Zoe'])[1 + id % 3],"
                + " ended_at = started_at + (id % 7) * interval '1 second', state = (array['FAILED', 'SUCCEEDED'])[1 + id % 2]");
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void pagesTogetherAreAllDeploymentsInTheirOrder(Order order) throws Exception {
        try (Connection connection = fixture.database.connect()) {
            LedgerOverview overview = Ledger.read(connection).overview();
            for (boolean descending : new boolean[] {false, true}) {
                List<Deployment> all = new ArrayList<>();
                long after = 0;
                List<Deployment> page;
                do {
                    page = overview.history(new HistoryQuery(order, descending, after, 7));
                    all.addAll(page);
                    after = page.isEmpty() ? 0 : page.get(page.size() - 1).id();
                } while (!page.isEmpty());

                Comparator<Deployment> expected = comparator(order).thenComparing(Deployment::id);
                assertThat(all).hasSize(DEPLOYMENTS).isSortedAccordingTo(descending ? expected.reversed() : expected);
            }
        }
    }

    /** What has no index for its order reads and sorts all that there is. */
    @ParameterizedTest
    @EnumSource(Order.class)
    void aPageInTheMiddleReadsNoWholeTable(Order order) throws Exception {
        fixture.database.execute(
                """
                insert into supabase_delivery.releases select encode(sha256(n::text::bytea), 'hex'), '2.' || n, '{}'
                from generate_series(1, 300) n;
                insert into supabase_delivery.deployments (id, operation_id, attempt, kind, release_digest, plan_digest, plan,
                    strategy, actor, build_url, controller, fencing_token, state, started_at, ended_at, lease_expires_at)
                select n, n, gen_random_uuid(), 'DEPLOY', encode(sha256((n % 300 + 1)::text::bytea), 'hex'), '', '{}', '',
                    'user ' || n % 5, '', '', n, 'SUCCEEDED', now(), now() + n % 50 * interval '1 second', now()
                from generate_series(1000, 7000) n;
                analyze supabase_delivery.releases, supabase_delivery.deployments
                """);
        for (boolean descending : new boolean[] {false, true}) {
            String plan = String.join(
                    "\n",
                    fixture.database.query("explain (costs off) " + new HistoryQuery(order, descending, 4000, 50).sql()));

            assertThat(plan).doesNotContain("Seq Scan");
            if (order == Order.VERSION) {
                assertThat(plan).as("sorted release by release").contains("Presorted Key: ((r.version)");
            } else {
                assertThat(plan).doesNotContain("Sort");
            }
        }
    }

    private static Comparator<Deployment> comparator(Order order) {
        Function<Deployment, Comparable<Object>> key = deployment -> cast(switch (order) {
            case NUMBER -> 0;
            case VERSION -> deployment.releaseVersion();
            case ACTOR -> deployment.actor();
            case STATE -> deployment.state().name();
            case DURATION -> java.time.Duration.between(deployment.startedAt(), deployment.endedAt());
        });
        return Comparator.comparing(key);
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> cast(Object comparable) {
        return (Comparable<Object>) comparable;
    }
}
