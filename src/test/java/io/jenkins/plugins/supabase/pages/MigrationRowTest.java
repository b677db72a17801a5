package io.jenkins.plugins.supabase.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import io.jenkins.plugins.supabase.pages.MigrationRow.WayBack;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationRowTest {
    @Test
    void rollbackFileIsAsGoodAsTheTraceFoundIt() {
        assertThat(row(false, traced(null))).extracting(MigrationRow::wayBack).isEqualTo(WayBack.NONE);
        assertThat(row(true, null)).extracting(MigrationRow::wayBack).isEqualTo(WayBack.UNTRIED);
        assertThat(row(true, traced(null))).extracting(MigrationRow::wayBack).isEqualTo(WayBack.UNTRIED);
        assertThat(row(true, traced(true))).extracting(MigrationRow::wayBack).isEqualTo(WayBack.RESTORES);

        MigrationRow wrong = row(true, traced(false, "index a was added"));
        assertThat(wrong.wayBack()).isEqualTo(WayBack.FAILS);
        assertThat(wrong.unrestored()).containsExactly("index a was added");
    }

    @Test
    void failureOnTheScratchCopyIsShown() {
        TraceReport.Failure failure = new TraceReport.Failure(3, 7, "there is no table votes");
        MigrationRow row = row(
                true,
                new TraceReport(
                        "PostgreSQL 15",
                        List.of(new TraceReport.Migration("1", "1_m.sql", List.of(), failure, null, List.of())),
                        List.of()));

        assertThat(row.failure()).isEqualTo(failure);
        assertThat(row(true, null).failure()).isNull();
    }

    private static TraceReport traced(Boolean restores, String... unrestored) {
        return new TraceReport(
                "PostgreSQL 15",
                List.of(new TraceReport.Migration("1", "1_m.sql", List.of(), null, restores, List.of(unrestored))),
                List.of());
    }

    private static MigrationRow row(boolean hasRollback, TraceReport trace) {
        Plan plan = Plans.tracing(new PendingMigration("1", "m", "1_m.sql", 2, "00", hasRollback), trace);
        return MigrationRow.of(plan).get(0);
    }
}
