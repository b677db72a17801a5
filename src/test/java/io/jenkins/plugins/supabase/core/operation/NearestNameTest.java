package io.jenkins.plugins.supabase.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("environment", "directory", "timeout", "table", "a");

    @ParameterizedTest
    @CsvSource({
        "enviroment, environment",
        "environments, environment",
        "ENVIRONMENT, environment",
        "dierctory, directory",
        "timout, timeout",
        "tabel, table",
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(NearestName.of(typed, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"other", "b", "x", "dir", "name"})
    void guessesNothingFarFetched(String typed) {
        assertThat(NearestName.of(typed, NAMES)).isEmpty();
        assertThat(NearestName.hint(typed, NAMES)).isEmpty();
    }

    @Test
    void asksWhetherItWasMeant() {
        assertThat(NearestName.hint("timout", NAMES)).isEqualTo("; did you mean 'timeout'?");
    }
}
