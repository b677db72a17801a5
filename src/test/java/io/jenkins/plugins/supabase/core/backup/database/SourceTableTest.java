package io.jenkins.plugins.supabase.core.backup.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTableTest {
    private static final long MIB = 1 << 20;

    @Test
    void aTableIsReadWholeUnlessOneConnectionWouldTakeLongerThanAllOthers() {
        assertThat(table(1000, 100 * MIB).copiesOut(100 * MIB)).containsExactly("COPY \"s\".\"t\" (\"a\") TO STDOUT");
        assertThat(table(1000, 20 * MIB).copiesOut(0)).hasSize(1);
    }

    @Test
    void rangesOfBlocksGiveEveryRowOnceAndTheLastIsOpen() {
        assertThat(table(10, 100 * MIB).copiesOut(0)).containsExactly(
                "COPY (SELECT \"a\" FROM ONLY \"s\".\"t\" WHERE ctid >= '(0,0)' AND ctid < '(3,0)') TO STDOUT",
                "COPY (SELECT \"a\" FROM ONLY \"s\".\"t\" WHERE ctid >= '(3,0)' AND ctid < '(6,0)') TO STDOUT",
                "COPY (SELECT \"a\" FROM ONLY \"s\".\"t\" WHERE ctid >= '(6,0)' AND ctid < '(9,0)') TO STDOUT",
                "COPY (SELECT \"a\" FROM ONLY \"s\".\"t\" WHERE ctid >= '(9,0)') TO STDOUT");
    }

    @Test
    void valuesKeptBesideATableDivideItByItsFewBlocks() {
        assertThat(table(2, 1000 * MIB).copiesOut(0)).hasSize(2);
    }

    private static SourceTable table(long pages, long bytes) {
        return new SourceTable("s", "t", List.of("a"), pages, bytes, "");
    }
}
