package io.jenkins.plugins.supabase.core.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowHashTest {
    /** Public values of MurmurHash3_x64_128 with seed 0, both halves. */
    @ParameterizedTest
    @CsvSource({
        "'', 00000000000000000000000000000000",
        "hello, cbd8a7b341bd9b025b1e906a48ae1d19",
        "'hello, world', 342fac623a5ebc8e4cdcbc079642414d",
        "'The quick brown fox jumps over the lazy dog.', cd99481f9ee902c9695da1a38987b6e7",
    })
    void isMurmurHash3(String text, String hex) {
        assertThat(hash(text).hex()).isEqualTo(hex);
    }

    @Test
    void orderDoesNotMatterAndNumberDoes() {
        RowHash all = hash("a", "b", "b");
        RowHash parts = hash("b");
        parts.add(hash("b", "a"));

        assertThat(parts.hex()).isEqualTo(all.hex());
        assertThat(parts.rows()).isEqualTo(3);
        assertThat(hash("a", "b").hex()).isNotEqualTo(all.hex());
        assertThat(hash("a", "a", "b").hex()).isNotEqualTo(all.hex());
    }

    @Test
    void everyByteOfEveryLengthCounts() {
        for (int length = 1; length < 40; length++) {
            byte[] row = new byte[length];
            String before = hash(row);
            for (int i = 0; i < length; i++) {
                row[i] ^= 1;
                assertThat(hash(row)).as("byte %d of %d", i, length).isNotEqualTo(before);
                row[i] ^= 1;
            }
        }
    }

    private static RowHash hash(String... rows) {
        RowHash hash = new RowHash();
        for (String row : rows) {
            byte[] bytes = ("--" + row).getBytes(StandardCharsets.UTF_8);
            hash.add(bytes, 2, bytes.length - 2);
        }
        return hash;
    }

    private static String hash(byte[] row) {
        RowHash hash = new RowHash();
        hash.add(row, 0, row.length);
        return hash.hex();
    }
}
