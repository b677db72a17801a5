package io.jenkins.plugins.supabase.core.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as {@code config.toml} writes them: every unit is a power of 1024, whether it is spelt MB or MiB. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{0,9})?) ?(?:([kmgtp])(?:i?b)?|b)?");
    private static final String UNITS = "kmgtp";
    private static final List<String> SHOWN = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
    private static final int STEP = 1024;

    private Sizes() {}

    /** @throws IllegalArgumentException where it is none */
    static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        int power = matcher.group(2) == null ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        BigDecimal bytes = new BigDecimal(matcher.group(1) + (matcher.group(1).endsWith(".") ? "0" : ""))
                .multiply(BigDecimal.valueOf(STEP).pow(power));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException();
        }
        return bytes.longValue();
    }

    /** @return in the largest unit that needs no fraction, so that two different sizes never look the same */
    static String show(long bytes) {
        long number = bytes;
        int power = 0;
        while (number >= STEP && number % STEP == 0 && power < SHOWN.size() - 1) {
            number /= STEP;
            power++;
        }
        return number + SHOWN.get(power);
    }
}
