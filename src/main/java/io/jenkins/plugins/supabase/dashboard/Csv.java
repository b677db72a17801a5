package io.jenkins.plugins.supabase.dashboard;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows as RFC 4180 has them. */
final class Csv {
    private static final String FORMULA = "=+-@\t\r\n";

    private Csv() {}

    static String row(Object... cells) {
        return Arrays.stream(cells).map(cell -> cell(String.valueOf(cell))).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** A spreadsheet takes a text that begins like a formula for one: an apostrophe before it says that it is none. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
