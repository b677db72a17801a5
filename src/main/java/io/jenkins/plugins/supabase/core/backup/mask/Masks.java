package io.jenkins.plugins.supabase.core.backup.mask;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which columns of a backup are masked on their way into a database.
 *
 * @param rules by column, such as {@code auth.users.email}
 */
public record Masks(SortedMap<String, MaskRule> rules) implements Serializable {
    public static final Masks NONE = new Masks(new TreeMap<>());

    private static final long serialVersionUID = 1L;
    private static final Pattern LINE = Pattern.compile("\\s*(.+?)\\s*:\\s*(hash\\s*|null\\s*|text:.*)");

    public Masks {
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }

    /**
     * @param rules by column, as they are written
     * @throws DeliveryException naming the first that is none
     */
    public static Masks of(Map<String, String> rules) {
        SortedMap<String, MaskRule> parsed = new TreeMap<>();
        rules.forEach((column, rule) -> parsed.put(column.strip(), MaskRule.parse(rule)));
        return new Masks(parsed);
    }

    /**
     * @param text one column a line, such as {@code auth.users.email: hash}
     * @throws DeliveryException naming the first line that is not of this form
     */
    public static Masks parse(String text) {
        SortedMap<String, MaskRule> parsed = new TreeMap<>();
        for (String line : text.split("\\R")) {
            Matcher matcher = LINE.matcher(line);
            if (line.isBlank()) {
                continue;
            }
            if (!matcher.matches()) {
                throw new DeliveryException("\"" + line.strip() + "\" does not say how a column is masked. Write one"
                        + " column a line, as in \"auth.users.email: hash\", with hash, null, or text: and what every"
                        + " value is replaced by.");
            }
            parsed.put(matcher.group(1), MaskRule.parse(matcher.group(2)));
        }
        return new Masks(parsed);
    }

    /** @return one column a line, as {@link #parse} reads it */
    public String text() {
        return rules.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * @param demanded by administrators
     * @return these and the demanded ones
     * @throws DeliveryException where a demanded one is to be replaced by another rule
     */
    public Masks with(Masks demanded) {
        SortedMap<String, MaskRule> all = new TreeMap<>(rules);
        demanded.rules.forEach((column, rule) -> {
            MaskRule asked = all.put(column, rule);
            if (asked != null && !asked.equals(rule)) {
                throw new DeliveryException("An administrator has decided that " + column + " of this environment's"
                        + " backups is masked by '" + rule + "' wherever else they go, and '" + asked + "' was asked"
                        + " for, so that nothing was done. Leave the column out.");
            }
        });
        return new Masks(all);
    }
}
