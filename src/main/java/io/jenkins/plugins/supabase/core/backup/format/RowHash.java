package io.jenkins.plugins.supabase.core.backup.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of many rows that does not depend on their order: the sums, each modulo 2^64, of both halves of each row's
 * MurmurHash3 (x64, 128 bits, seed 0, github.com/aappleby/smhasher). It finds accidents; what somebody changed on
 * purpose is found by SHA-256 and by age. Not for several threads.
 */
public final class RowHash {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int BLOCK = 16;

    private long rows;
    private long first;
    private long second;

    /** Adds a row as COPY writes it, its line feed included. */
    public void add(byte[] row, int offset, int length) {
        long h1 = 0;
        long h2 = 0;
        int end = offset + length / BLOCK * BLOCK;
        for (int at = offset; at < end; at += BLOCK) {
            h1 ^= mix1((long) LONG.get(row, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mix2((long) LONG.get(row, at + Long.BYTES));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        add(h1, h2, row, end, offset + length - end, length);
    }

    /** @param left bytes of the row, fewer than a block */
    private void add(long blocks1, long blocks2, byte[] row, int offset, int left, int length) {
        long h2 = blocks2 ^ mix2(tail(row, offset + Long.BYTES, left - Long.BYTES)) ^ length;
        long h1 = blocks1 ^ mix1(tail(row, offset, Math.min(left, Long.BYTES))) ^ length;
        h1 += h2;
        h2 += h1;
        h1 = spread(h1);
        h2 = spread(h2);
        h1 += h2;
        h2 += h1;
        rows++;
        first += h1;
        second += h2;
    }

    /** A row that comes in pieces, as it is too long to be held. Belongs to the hash only once it has ended. */
    public final class LongRow {
        private long h1;
        private long h2;
        private int length;

        /** @param size of the piece, a multiple of 16 */
        public void add(byte[] piece, int offset, int size) {
            for (int at = offset; at < offset + size; at += BLOCK) {
                h1 ^= mix1((long) LONG.get(piece, at));
                h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
                h2 ^= mix2((long) LONG.get(piece, at + Long.BYTES));
                h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
            }
            length += size;
        }

        /** @param size of the last piece, whatever it is */
        public void end(byte[] piece, int offset, int size) {
            int left = size % BLOCK;
            add(piece, offset, size - left);
            RowHash.this.add(h1, h2, piece, offset + size - left, left, length + left);
        }
    }

    private static long mix1(long block) {
        return Long.rotateLeft(block * C1, 31) * C2;
    }

    private static long mix2(long block) {
        return Long.rotateLeft(block * C2, 33) * C1;
    }

    private static long tail(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[offset + i] & 0xff;
        }
        return value;
    }

    private static long spread(long value) {
        long spread = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        spread = (spread ^ spread >>> 33) * 0xc4ceb9fe1a85ec53L;
        return spread ^ spread >>> 33;
    }

    /** Adds all rows of another one. */
    public void add(RowHash other) {
        rows += other.rows;
        first += other.first;
        second += other.second;
    }

    public long rows() {
        return rows;
    }

    /** @return 32 hex digits */
    public String hex() {
        return "%016x%016x".formatted(first, second);
    }
}
