package io.jenkins.plugins.supabase.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.plan.Drift;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void readAsAPersonWouldSayThem() {
        assertThat(Words.of(Drift.Kind.EDITED_MIGRATION)).isEqualTo("edited migration");
        assertThat(Words.size(999)).isEqualTo("999 B");
        assertThat(Words.size(1_400)).isEqualTo("1.4 kB");
        assertThat(Words.size(250_000_000_000_000_000L)).isEqualTo("250000 TB");
        assertThat(Words.number(12_000)).isEqualTo("12,000");
        assertThat(Words.duration(850)).isEqualTo("850 ms");
        assertThat(Words.duration(12_345)).isEqualTo("12.3 s");
        assertThat(Words.duration(245_000)).isEqualTo("4 min 5 s");
        assertThat(Words.shortened("0123456789abcdef")).isEqualTo("0123456789ab");
        assertThat(Words.shortened(null)).isNull();
    }
}
