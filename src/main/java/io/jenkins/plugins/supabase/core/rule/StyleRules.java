package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.Locale;
import java.util.Set;

/** Types that are regretted later, when changing them means a rewrite. */
final class StyleRules {
    private static final Set<String> SMALL =
            Set.of("INT", "INTEGER", "INT4", "SMALLINT", "INT2", "SERIAL", "SMALLSERIAL");
    private static final Set<String> SERIALS = Set.of("SERIAL", "BIGSERIAL", "SMALLSERIAL");
    private static final Set<String> LIMITED = Set.of("CHAR", "CHARACTER", "VARCHAR", "BPCHAR");
    private static final Set<String> NO_COLUMN =
            Set.of("CONSTRAINT", "CHECK", "PRIMARY", "FOREIGN", "UNIQUE", "EXCLUDE", "LIKE");

    private final Findings findings;

    StyleRules(Findings findings) {
        this.findings = findings;
    }

    void check(Examined statement) {
        Words words = statement.words();
        if (SecurityRules.tableOf(words).isPresent()) {
            int open = words.find("(");
            if (open >= 0 && !words.from(0).has("PARTITION", "OF")) {
                words.inside(open).parts().forEach(column -> checkColumn(statement, column));
            }
        }
        AlterTable.of(words).ifPresent(alter -> alter.actions().stream()
                .filter(action -> action.startsWith("ADD"))
                .forEach(action -> checkColumn(statement, AlterTable.definition(action))));
    }

    private void checkColumn(Examined statement, Words column) {
        if (column.size() < 2 || NO_COLUMN.contains(column.at(0).text())) {
            return;
        }
        String name = column.at(0).name();
        String type = column.at(1).text();
        if (SMALL.contains(type) && (column.has("PRIMARY", "KEY") || SERIALS.contains(type))) {
            findings.add(Rule.PREFER_BIGINT, Severity.INFO, statement, "Key " + name + " of type "
                    + type.toLowerCase(Locale.ROOT) + " runs out of numbers.");
        }
        if (SERIALS.contains(type)) {
            findings.add(Rule.PREFER_IDENTITY, Severity.INFO, statement, "Column " + name + " is a serial.");
        }
        if (LIMITED.contains(type) && (column.is(2, "(") || column.is(2, "VARYING") || !type.startsWith("VAR"))) {
            findings.add(Rule.PREFER_TEXT, Severity.INFO, statement, "Column " + name + " has a length in its type.");
        }
        if (type.equals("TIMESTAMP") && !column.has("WITH", "TIME", "ZONE")) {
            findings.add(Rule.PREFER_TIMESTAMPTZ, Severity.INFO, statement, "Column " + name + " has no time zone.");
        }
    }
}
