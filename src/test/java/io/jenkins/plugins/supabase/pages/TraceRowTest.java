package io.jenkins.plugins.supabase.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceRowTest {
    @Test
    void eachTableOfAStatementIsARow() {
        assertThat(rows(new TraceReport.Statement(
                        3,
                        "alter table votes",
                        List.of(
                                new TraceReport.TableLock("public.votes", "AccessExclusiveLock", 12_000, 1_400_000),
                                new TraceReport.TableLock("public.polls", "ShareRowExclusiveLock", 1, 16_000)),
                        List.of("public.votes"),
                        List.of("public.polls"),
                        List.of("view public.results"))))
                .containsExactly(
                        new TraceRow(
                                "1_m.sql",
                                3,
                                "alter table votes",
                                "public.votes",
                                "AccessExclusiveLock",
                                TraceRow.Waiting.EVERYBODY,
                                "12,000 rows, 1.4 MB",
                                true,
                                false,
                                List.of("view public.results")),
                        new TraceRow(
                                "1_m.sql",
                                3,
                                "alter table votes",
                                "public.polls",
                                "ShareRowExclusiveLock",
                                TraceRow.Waiting.WRITERS,
                                "1 row, 16 kB",
                                false,
                                true,
                                List.of()));
    }

    @Test
    void tableWhoseLockIsHeldAlreadyIsShownForWhatElseIsDoneToIt() {
        TraceReport.Statement locks = new TraceReport.Statement(
                1,
                "alter table votes add x int",
                List.of(new TraceReport.TableLock("public.votes", "AccessExclusiveLock", 7, 8_192)),
                List.of(),
                List.of(),
                List.of());
        TraceReport.Statement scans = new TraceReport.Statement(
                2, "update votes set x = 1", List.of(), List.of(), List.of("public.votes"), List.of());

        assertThat(rows(locks, scans)).element(1).satisfies(row -> {
            assertThat(row.mode()).isNull();
            assertThat(row.waiting()).isEqualTo(TraceRow.Waiting.NOBODY);
            assertThat(row.tableSize()).isEqualTo("7 rows, 8.2 kB");
            assertThat(row.scans()).isTrue();
        });
    }

    @Test
    void whoStillUsesSomethingIsShownWithoutALock() {
        assertThat(rows(new TraceReport.Statement(
                        1, "drop view a", List.of(), List.of(), List.of(), List.of("function public.b()"))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.table()).isEmpty();
                    assertThat(row.readers()).containsExactly("function public.b()");
                });
    }

    @Test
    void readersAndOrdinaryWritersWaitForNobodyButTheStrong() {
        assertThat(TraceRow.Waiting.behind("AccessShareLock")).isEqualTo(TraceRow.Waiting.NOBODY);
        assertThat(TraceRow.Waiting.behind("RowExclusiveLock")).isEqualTo(TraceRow.Waiting.NOBODY);
        assertThat(TraceRow.Waiting.behind("ShareUpdateExclusiveLock")).isEqualTo(TraceRow.Waiting.NOBODY);
        assertThat(TraceRow.Waiting.behind("ShareLock")).isEqualTo(TraceRow.Waiting.WRITERS);
        assertThat(TraceRow.Waiting.behind("ExclusiveLock")).isEqualTo(TraceRow.Waiting.WRITERS);
        assertThat(TraceRow.Waiting.behind("AccessExclusiveLock")).isEqualTo(TraceRow.Waiting.EVERYBODY);
        assertThat(TraceRow.of(null)).isEmpty();
    }

    private static List<TraceRow> rows(TraceReport.Statement... statements) {
        return TraceRow.of(new TraceReport(
                "PostgreSQL 15",
                List.of(new TraceReport.Migration("1", "1_m.sql", List.of(statements), null, null, List.of())),
                List.of()));
    }
}
