package io.jenkins.plugins.supabase.core.backup.mask;

import java.io.ByteArrayOutputStream;

/** Takes in the value of a column in pieces, as COPY's text format has it, and gives out what stands for it. */
abstract class ValueMask {
    static final byte[] NULL = {'\\', 'N'};

    private long length;
    private int first;
    private int second;

    /** A piece of the value, still escaped. */
    final void add(byte[] bytes, int from, int count) {
        for (int i = 0; i < count && length + i < NULL.length; i++) {
            if (length + i == 0) {
                first = bytes[from];
            } else {
                second = bytes[from + i];
            }
        }
        length += count;
        take(bytes, from, count);
    }

    /** The value ends; the next one begins. */
    final void end(ByteArrayOutputStream out) {
        boolean isNull = length == NULL.length && first == NULL[0] && second == NULL[1];
        length = 0;
        replace(isNull, out);
    }

    abstract void take(byte[] bytes, int from, int count);

    /** @param out gets what stands for the value, escaped */
    abstract void replace(boolean isNull, ByteArrayOutputStream out);
}
