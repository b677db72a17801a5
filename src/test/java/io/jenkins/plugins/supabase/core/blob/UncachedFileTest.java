package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UncachedFileTest {
    private static final int PIECE_BYTES = UncachedFile.PIECE_BYTES;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 20, (1 << 20) + 1, 5 << 20, (5 << 20) - 1, (5 << 20) + 65_536, 3_333_333})
    void holdsWhatItWasGiven(int size) throws Exception {
        byte[] bytes = bytes(size);

        Path file = write(bytes, PIECE_BYTES);

        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void goesOnThroughTheCacheWherePiecesAreNoWholeBlocks() throws Exception {
        byte[] bytes = bytes(5 << 20);

        Path file = write(bytes, 100_001);

        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void leavesTheCacheToOthers() throws Exception {
        assumeThat(Files.getFileStore(folder).type()).as("file systems whose direct I/O is known").isIn("ext4", "xfs");
        Path probe = Files.write(folder.resolve("probe"), bytes(5 << 20));
        assumeThat(cached(probe)).as("what fincore says of a file that is in the cache").isEqualTo(5 << 20);

        Path file = write(bytes((5 << 20) + 1), PIECE_BYTES);

        assertThat(cached(file)).isLessThanOrEqualTo(PIECE_BYTES);
    }

    @Test
    void endsWhereItIsInterrupted() throws Exception {
        byte[] piece = bytes(PIECE_BYTES);
        try (UncachedFile file = new UncachedFile(folder.resolve("file"), 2 << 20)) {
            file.write(piece, piece.length);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> file.write(piece, piece.length)).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private Path write(byte[] bytes, int piece) throws IOException {
        Path path = folder.resolve("file");
        try (UncachedFile file = new UncachedFile(path, bytes.length)) {
            for (int at = 0; at < bytes.length; at += piece) {
                byte[] some = Arrays.copyOfRange(bytes, at, Math.min(at + piece, bytes.length));
                file.write(some, some.length);
            }
            file.force();
            assertThat(file.size()).isEqualTo(bytes.length);
        }
        return path;
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** @return how much of the file the system keeps in memory, in bytes; -1 where nothing tells */
    private static long cached(Path file) throws IOException, InterruptedException {
        try {
            Process fincore = new ProcessBuilder("fincore", "--noheadings", "--bytes", "--output", "RES", file.toString())
                    .start();
            String said = new String(fincore.getInputStream().readAllBytes()).strip();
            return fincore.waitFor() == 0 ? Long.parseLong(said) : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
