package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class LedgerSchemaTest {
    private static final List<String> MIGRATIONS = LedgerSchema.PLUGIN.migrations();

    /** All objects of the schema, as the server describes them, with their owners' and others' rights. */
    private static final String CATALOGUE =
            """
            select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || ' ' || a.attnotnull || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relnamespace = 'supabase_delivery'::regnamespace and c.relkind <> 'i'
            union all
            select c.relkind::text || ' ' || c.relname || ' ' || c.relrowsecurity || coalesce(' ' || c.relacl::text, '')
            from pg_class c where c.relnamespace = 'supabase_delivery'::regnamespace
            union all
            select 'index ' || pg_get_indexdef(i.indexrelid)
            from pg_index i join pg_class c on c.oid = i.indexrelid
            where c.relnamespace = 'supabase_delivery'::regnamespace
            union all
            select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'supabase_delivery'::regnamespace
            union all
            select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where c.relnamespace = 'supabase_delivery'::regnamespace and not t.tgisinternal
            union all
            select 'function ' || pg_get_functiondef(p.oid) || coalesce(' ' || p.proacl::text, '') from pg_proc p
            where p.pronamespace = 'supabase_delivery'::regnamespace
            union all
            select 'view ' || pg_get_viewdef('supabase_delivery.deployments_current'::regclass)
            order by 1
            """;

    private LedgerFixture fixture;

    @BeforeEach
    void createDatabase() throws SQLException {
        fixture = new LedgerFixture();
    }

    static IntStream earlierVersions() {
        return IntStream.range(1, MIGRATIONS.size());
    }

    @ParameterizedTest
    @MethodSource("earlierVersions")
    void shouldUpgradeFromEveryEarlierVersion(int version) throws SQLException {
        LedgerFixture fresh = new LedgerFixture();
        fresh.open().close();
        try (Connection connection = fixture.database.connect()) {
            new LedgerSchema(MIGRATIONS.subList(0, version)).upgrade(connection);
            fixture.database.execute("insert into supabase_delivery.releases values (repeat('1', 64), 'old', '{}');"
                    + " insert into supabase_delivery.deployments (id, operation_id, attempt, kind, release_digest,"
                    + " plan_digest, plan, strategy, actor, build_url, controller, fencing_token, state, ended_at,"
                    + " lease_expires_at) values (1, 'old', gen_random_uuid(), 'DEPLOY', repeat('1', 64), '', '{}',"
                    + " '', 'alice', '', '', 7, 'SUCCEEDED', now(), now()); update supabase_delivery.fence set"
                    + " token = 7");
            assertThat(Ledger.read(connection).current())
                    .map(current -> current.deployment().operationId())
                    .contains("old");
        }
        try (Ledger ledger = fixture.open();
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-2"))) {
            assertThat(open.id()).isEqualTo(2);
            assertThat(open.fencingToken()).isEqualTo(8);
            open.end(Outcome.SUCCEEDED, "", null);
        }
        assertThat(fixture.database.query(CATALOGUE)).isEqualTo(fresh.database.query(CATALOGUE));
        assertThat(fixture.database.query("select version from supabase_delivery.schema_versions order by 1"))
                .hasSize(MIGRATIONS.size());
    }

    @Test
    void shouldLetControllersCreateItAtOnce() throws Exception {
        int controllers = 6;
        CyclicBarrier start = new CyclicBarrier(controllers);
        ExecutorService threads = Executors.newFixedThreadPool(controllers);
        try {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < controllers; i++) {
                String operation = "op-" + i;
                all.add(threads.submit(() -> {
                    start.await();
                    try (Ledger ledger = fixture.open()) {
                        return ledger.append(AuditChainTest.event("test.event", operation)).seq();
                    }
                }));
            }
            List<Long> seqs = new ArrayList<>();
            for (Future<Long> one : all) {
                seqs.add(one.get());
            }
            assertThat(seqs).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.database.query("select count(*) from supabase_delivery.schema_versions"))
                .containsExactly(String.valueOf(MIGRATIONS.size()));
    }

    @Test
    void shouldRefuseALedgerOfANewerPlugin() throws SQLException {
        fixture.open().close();
        fixture.database.execute("insert into supabase_delivery.schema_versions (version) values (99)");

        assertThatThrownBy(fixture::open).satisfies(this::saysThatItIsNewer);
        try (Connection connection = fixture.database.connect()) {
            assertThatThrownBy(() -> Ledger.read(connection)).satisfies(this::saysThatItIsNewer);
            assertThatThrownBy(() -> LedgerVerifier.verify(connection, null)).satisfies(this::saysThatItIsNewer);
        }
    }

    private void saysThatItIsNewer(Throwable refusal) {
        assertThat(refusal)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("has version 99, but this plugin knows versions up to " + MIGRATIONS.size())
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("Update the Supabase Delivery plugin");
    }

    @Test
    void shouldLeaveNothingOfAMigrationThatFails() throws SQLException {
        List<String> broken = new ArrayList<>(MIGRATIONS);
        broken.add("create table supabase_delivery.half (); select 1 / 0");
        try (Connection connection = fixture.database.connect()) {
            assertThatThrownBy(() -> new LedgerSchema(broken).upgrade(connection)).isInstanceOf(SQLException.class);
            assertThat(LedgerSchema.version(connection)).isZero();
        }
        assertThat(fixture.database.query("select nspname from pg_namespace where nspname ="
                + " 'supabase_delivery'")).isEmpty();
        fixture.open().close();
    }

    @Test
    void shouldSayWhichUserItWants() throws SQLException {
        fixture.database.execute("drop role if exists ledger_stranger; create role ledger_stranger login password 'x'");
        ConnectionSource stranger = () -> {
            Connection connection = fixture.database.connect();
            try (var statement = connection.createStatement()) {
                statement.execute("set session authorization ledger_stranger");
            }
            return connection;
        };
        assertThatThrownBy(() -> Ledger.open(stranger))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("could not be opened: permission denied for database")
                .hasMessageContaining("one that may create schemas (on Supabase, postgres)");
        fixture.open().close();
        assertThatThrownBy(() -> Ledger.open(stranger))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("permission denied")
                .hasMessageContaining("Use the database user that owns the schema");
    }
}
