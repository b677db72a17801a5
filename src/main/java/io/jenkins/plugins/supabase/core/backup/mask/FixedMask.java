package io.jenkins.plugins.supabase.core.backup.mask;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The same for every value. */
final class FixedMask extends ValueMask {
    private final byte[] replacement;

    private FixedMask(byte[] replacement) {
        this.replacement = replacement;
    }

    static FixedMask ofNull() {
        return new FixedMask(NULL);
    }

    static FixedMask ofText(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
        return new FixedMask(escaped.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void take(byte[] bytes, int from, int count) {
        // What it was does not matter.
    }

    @Override
    void replace(boolean isNull, ByteArrayOutputStream out) {
        out.writeBytes(isNull ? NULL : replacement);
    }
}
