package io.jenkins.plugins.supabase.core.backup.mask;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * A keyed hash of each value. It looks like an e-mail address where the value did, under a domain that never exists
 * (RFC 2606), and like a UUID where the value did; otherwise it is hex digits. What is empty stays empty: Supabase's
 * auth.users has tokens that are unique unless they are empty.
 */
final class HashMask extends ValueMask {
    /** 96 bits: of 10^12 values, two become the same in one of 10^5 restores. */
    private static final int DIGITS = 24;
    private static final String DOMAIN = "@masked.invalid";
    /** Of the longest replacement. */
    static final int LONGEST = DIGITS + DOMAIN.length();

    /** Of an e-mail address, by RFC 5321: 64 before the @, 255 after it. */
    private static final int LONGEST_SHAPED = 320;
    private static final int PIECE_BYTES = 8 << 10;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final HexFormat HEX = HexFormat.of();

    private final Mac mac;
    private final boolean ignoresCase;
    private final byte[] beginning = new byte[LONGEST_SHAPED + 1];
    private final byte[] piece = new byte[PIECE_BYTES];
    private int begun;
    private int filled;
    private boolean escaped;

    /** @param ignoresCase whether values that differ in the case of a–z are the same to the column's type */
    HashMask(Mac mac, boolean ignoresCase) {
        this.mac = mac;
        this.ignoresCase = ignoresCase;
    }

    @Override
    void take(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            byte b = bytes[i];
            if (escaped) {
                escaped = false;
                put(unescaped(b));
            } else if (b == '\\') {
                escaped = true;
            } else {
                put(b);
            }
        }
    }

    private static byte unescaped(byte b) {
        return switch (b) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> b;
        };
    }

    private void put(byte given) {
        byte b = ignoresCase && given >= 'A' && given <= 'Z' ? (byte) (given - 'A' + 'a') : given;
        if (begun < beginning.length) {
            beginning[begun++] = b;
        }
        piece[filled++] = b;
        if (filled == piece.length) {
            mac.update(piece, 0, filled);
            filled = 0;
        }
    }

    @Override
    void replace(boolean isNull, ByteArrayOutputStream out) {
        boolean isEmpty = begun == 0;
        mac.update(piece, 0, filled);
        byte[] hash = mac.doFinal();
        String shaped = begun > LONGEST_SHAPED ? "" : new String(beginning, 0, begun, StandardCharsets.UTF_8);
        begun = 0;
        filled = 0;
        Arrays.fill(beginning, (byte) 0);
        Arrays.fill(piece, (byte) 0);
        if (isNull) {
            out.writeBytes(NULL);
        } else if (!isEmpty) {
            out.writeBytes(replacement(hash, shaped).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String replacement(byte[] hash, String value) {
        String hex = HEX.formatHex(hash);
        if (UUID.matcher(value).matches()) {
            // Version 8 and the variant of RFC 9562, for those who check.
            return String.join("-", hex.substring(0, 8), hex.substring(8, 12), "8" + hex.substring(13, 16),
                    "a" + hex.substring(17, 20), hex.substring(20, 32));
        }
        return hex.substring(0, DIGITS) + (EMAIL.matcher(value).matches() ? DOMAIN : "");
    }
}
