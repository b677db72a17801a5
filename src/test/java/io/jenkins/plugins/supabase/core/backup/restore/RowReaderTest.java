package io.jenkins.plugins.supabase.core.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowReaderTest {
    @Test
    void rowsAreCutAtLineFeedsAndNowhereElse() throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        RowHash wanted = new RowHash();
        for (int i = 0; i < 20_000; i++) {
            byte[] row = new byte[1 + random.nextInt(i % 1000 == 0 ? 300_000 : 30)];
            for (int j = 0; j < row.length - 1; j++) {
                // Neighbours of the line feed and bytes above 127 are what a look at eight bytes at once may mistake.
                row[j] = (byte) new int[] {0x0b, 0x09, 0x00, 0x8a, 0xff, 0x0a ^ 0x80, 'x'}[random.nextInt(7)];
            }
            row[row.length - 1] = '\n';
            wanted.add(row, 0, row.length);
            text.write(row);
        }

        RowHash found = new RowHash();
        long size = new RowReader(found).read(new ByteArrayInputStream(text.toByteArray()));

        assertThat(size).isEqualTo(text.size());
        assertThat(found.rows()).isEqualTo(20_000);
        assertThat(found.hex()).isEqualTo(wanted.hex());
    }

    @Test
    void rowsThatAreTooLongToBeHeldHaveTheSameHash() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        RowHash wanted = new RowHash();
        Random random = new Random(2);
        int most = 2 << 20;
        int[] lengths = {most - 1, most, most + 1, 7, 2 * most, 2 * most + 21, 3 * most + 17, 1};
        for (int length : lengths) {
            byte[] row = new byte[length];
            for (int i = 0; i < length - 1; i++) {
                row[i] = (byte) (11 + random.nextInt(200));
            }
            row[length - 1] = '\n';
            wanted.add(row, 0, length);
            text.write(row);
        }
        byte[] unended = new byte[most];
        wanted.add(unended, 0, most);
        text.write(unended);

        RowHash found = new RowHash();
        long size = new RowReader(found).read(new ByteArrayInputStream(text.toByteArray()));

        assertThat(size).isEqualTo(text.size());
        assertThat(found.rows()).isEqualTo(lengths.length + 1);
        assertThat(found.hex()).isEqualTo(wanted.hex());
    }
}
