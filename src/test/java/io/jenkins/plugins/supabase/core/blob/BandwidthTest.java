package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthTest {
    @ParameterizedTest
    @CsvSource({
        "64 kB/s, 64000",
        "64000 B/s, 64000",
        "20 MB/s, 20000000",
        "20MB/s, 20000000",
        "8 MiB/s, 8388608",
        "1.5 GiB/s, 1610612736",
        "100 Mbit/s, 12500000",
        "512 kbit/s, 64000",
        "1 TB/s, 1000000000000",
    })
    void whatPeopleWriteIsRead(String text, long bytes) {
        assertThat(Bandwidth.parse(text).bytesPerSecond()).isEqualTo(bytes);
        assertThat(Bandwidth.problem(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "20 MB", "MB/s", "-1 MB/s", "20 mB/s", "20 iB/s", "20 MB/min", "1,5 MB/s", "1e3 kB/s"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Bandwidth.parse(text))
                .hasMessageContaining("\"" + text + "\" is no bandwidth")
                .hasMessageContaining("20 MB/s");
        assertThat(Bandwidth.problem(text)).contains("is no bandwidth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 MB/s", "63.999 kB/s", "511 kbit/s", "2 TB/s", "999999999 TB/s"})
    void whatCannotWorkIsRefused(String text) {
        assertThat(Bandwidth.problem(text)).contains("not between 64 kB/s").contains("Leave it empty");
    }
}
