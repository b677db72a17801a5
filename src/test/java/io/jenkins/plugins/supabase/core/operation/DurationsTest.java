package io.jenkins.plugins.supabase.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"45s,PT45S", "30min,PT30M", "30m,PT30M", "24h,PT24H", "3d,P3D", "1d 12h,PT36H", "' 2 h ',PT2H", "1h30m,PT90M"})
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "h", "-3d", "1.5h", "3 weeks", "3d!", "99999999d"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is no duration")
                .hasMessageContaining("1d 12h");
    }

    @Test
    void aDurationOfNothingIsOne() {
        assertThat(Durations.parse("0s")).isZero();
    }
}
