package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of backups, such as {@code 000042-20261124T173000Z-4f2a}: sorted as text they are in order. */
final class BackupId {
    private static final Pattern ID = Pattern.compile("\\d{6,}-\\d{8}T\\d{6}Z-[0-9a-f]{4}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private BackupId() {}

    /**
     * Two that begin in one second, in two destinations that do not see each other, differ in four digits of chance.
     */
    static String of(long sequence, Instant time) {
        byte[] chance = new byte[2];
        RANDOM.nextBytes(chance);
        return "%06d-%s-%s".formatted(sequence, TIME.format(time), HexFormat.of().formatHex(chance));
    }

    static boolean is(String text) {
        return ID.matcher(text).matches();
    }

    static String check(String text) {
        if (!is(text)) {
            throw new DeliveryException("\"" + text + "\" is no id of a backup, so that nothing was read. Ids look like"
                    + " 000042-20261124T173000Z-4f2a; listBackups tells them, and latest stands for the newest one.");
        }
        return text;
    }

    static long sequence(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }
}
