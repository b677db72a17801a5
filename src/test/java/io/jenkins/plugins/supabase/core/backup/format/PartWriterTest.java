package io.jenkins.plugins.supabase.core.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartWriterTest {
    private final AgeIdentity identity = BackupFixture.newIdentity();

    @Test
    void whatWasWrittenIsReadWhateverItsFramesWere() throws IOException {
        byte[] bytes = new byte[2 * PartWriter.FRAME_BYTES + 12_345];
        new Random(1).nextBytes(bytes);
        Arrays.fill(bytes, 0, PartWriter.FRAME_BYTES / 2, (byte) 'a');

        SealedPart part;
        try (PartWriter writer = new PartWriter(List.of(identity.recipient()))) {
            writer.write(bytes[0]);
            writer.write(bytes, 1, 99);
            writer.writeFrame(bytes, 100, 900);
            writer.write(bytes, 1000, bytes.length - 1000);
            part = writer.seal();
        }

        assertThat(part.plainSize()).isEqualTo(bytes.length);
        assertThat(read(part)).isEqualTo(bytes);
    }

    @Test
    void nothingAtAllIsAPartToo() throws IOException {
        try (PartWriter writer = new PartWriter(List.of(identity.recipient()))) {
            SealedPart part = writer.seal();

            assertThat(part.plainSize()).isZero();
            assertThat(read(part)).isEmpty();
        }
    }

    private byte[] read(SealedPart part) throws IOException {
        byte[] file;
        try (InputStream stream = part.open(0)) {
            file = stream.readAllBytes();
        }
        assertThat(file).hasSize((int) part.size());
        assertThat(Sha256.of(file)).isEqualTo(part.sha256());
        for (int offset : new int[] {1, 4 << 10, file.length - 1, file.length}) {
            if (offset <= file.length) {
                assertThat(part.open(offset).readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(file, offset, file.length));
            }
        }
        try (InputStream stream = new PartReader(identity).open(file)) {
            return stream.readAllBytes();
        }
    }
}
