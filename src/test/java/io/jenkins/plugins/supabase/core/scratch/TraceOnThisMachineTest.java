package io.jenkins.plugins.supabase.core.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.trace.LockTrace;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import io.jenkins.plugins.supabase.core.trace.TraceRequest;
import io.jenkins.plugins.supabase.core.trace.TracedDatabase;
import io.jenkins.plugins.supabase.testing.PgDump;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way, with a server that is started for the trace. */
class TraceOnThisMachineTest {
    private TracedDatabase database;

    @BeforeEach
    void start() throws Exception {
        assumeThat(PgDump.isAvailable() && AgentServerTest.isInstalled())
                .as("pg_dump and PostgreSQL's server are installed")
                .isTrue();
        database = TracedDatabase.with(
                """
                CREATE ROLE trace_owner NOLOGIN; CREATE TABLE public.votes (id bigint PRIMARY KEY);
                ALTER TABLE public.votes OWNER TO trace_owner;
                CREATE MATERIALIZED VIEW public.counts AS SELECT count(*) FROM public.votes;
                """);
    }

    private TraceRequest request(String sql) {
        return new TraceRequest(
                database.environment(),
                TracedDatabase.access(),
                List.of(TracedDatabase.migration(1, sql)),
                Map.of(),
                ScratchServers.onThisMachine(),
                Duration.ofMinutes(3));
    }

    @Test
    void aTraceNeedsNothingButInstalledPrograms() throws Exception {
        Set<Path> before = AgentServerTest.folders();
        try {
            TraceReport report =
                    LockTrace.run(request("SET ROLE trace_owner; ALTER TABLE votes ADD COLUMN a text"), line -> {});
            assertThat(report.incomplete()).isEmpty();
            assertThat(report.scratch()).endsWith(" on this agent");
            assertThat(report.migrations().get(0).statements().get(1).locks())
                    .extracting(TraceReport.TableLock::mode)
                    .containsExactly("AccessExclusiveLock");
            AgentServerTest.assertNoneStaysSince(before);
        } finally {
            database.database().execute("DROP OWNED BY trace_owner CASCADE; DROP ROLE trace_owner");
        }
    }

    @Test
    void anInterruptEndsItWithinSecondsAndLeavesNothing() throws Exception {
        Set<Path> before = AgentServerTest.folders();
        CountDownLatch copying = new CountDownLatch(1);
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                LockTrace.run(request("SELECT pg_sleep(600)"), line -> copying.countDown());
            } catch (InterruptedException e) {
                thrown.add(e);
            }
        });
        try {
            thread.start();
            assertThat(copying.await(2, TimeUnit.MINUTES)).isTrue();
            thread.interrupt();
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(thrown).hasSize(1);
            AgentServerTest.assertNoneStaysSince(before);
        } finally {
            database.database().execute("DROP OWNED BY trace_owner CASCADE; DROP ROLE trace_owner");
        }
    }
}
