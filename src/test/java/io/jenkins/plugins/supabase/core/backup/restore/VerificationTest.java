package io.jenkins.plugins.supabase.core.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    private static String inWords(Depth depth, Duration rto, String... problems) {
        return Verification.inWords(new String(
                new Verification(
                                "id", depth, Instant.parse("2026-03-04T05:06:07.089Z"), Duration.ofSeconds(9), rto,
                                List.of(problems))
                        .toJson(),
                StandardCharsets.UTF_8));
    }

    @Test
    void whatIsKeptIsSaidInWords() {
        assertThat(inWords(Depth.RESTORE, Duration.ofMillis(2666)))
                .isEqualTo("sound, verified by restore at 2026-03-04T05:06:07Z, restored in 2.7 s");
        assertThat(inWords(Depth.READ, null, "one", "two"))
                .isEqualTo("NOT SOUND (2 problems), verified by read at 2026-03-04T05:06:07Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"depth\":\"\\n deep\",\"time\":\"2026-03-04T05:06:07Z\"}",
        "{\"depth\":\"read\",\"time\":\"\\n now\"}"})
    void somebodyElsesFileIsNotRepeated(String json) {
        assertThat(Verification.inWords(json)).isEqualTo("the last verification cannot be read");
    }
}
