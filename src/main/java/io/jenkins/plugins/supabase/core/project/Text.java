package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files that must be UTF-8: a guess at another encoding would put wrong characters into a database. */
public final class Text {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Text() {}

    /**
     * @param shown how messages call the file
     * @return the text without a leading byte order mark, which PostgreSQL and the TOML grammar refuse
     */
    public static String read(Path file, String shown) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(shown, e);
        }
        String text = decode(bytes, shown);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    static DeliveryException unreadable(String shown, IOException cause) {
        return new DeliveryException(
                "%s cannot be read (%s). Nothing was changed. Check that it exists and who may read it."
                        .formatted(shown, cause.getClass().getSimpleName()),
                cause);
    }

    private static String decode(byte[] bytes, String shown) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        if (result.isError()) {
            throw notUtf8(bytes, in.position(), shown);
        }
        return out.flip().toString();
    }

    private static DeliveryException notUtf8(byte[] bytes, int offset, String shown) {
        long line = 1;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return new DeliveryException(
                "%s is not UTF-8%s: the byte 0x%02X at offset %d (line %d) is no part of a valid character. "
                                .formatted(shown, utf16(bytes) ? " (it looks like UTF-16)" : "", bytes[offset], offset, line)
                        + "Nothing was changed. Save the file as UTF-8.");
    }

    private static boolean utf16(byte[] bytes) {
        return bytes.length > 1
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    }
}
