package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.List;

/** Rules about what breaks clients that are running, or data that is there. */
final class CompatibilityRules {
    private final Findings findings;

    CompatibilityRules(Findings findings) {
        this.findings = findings;
    }

    void check(Examined statement) {
        AlterTable.of(statement.words())
                .filter(alter -> !findings.isNew(alter.table()))
                .ifPresent(alter -> alter.actions().forEach(action -> check(statement, alter, action)));
        Words words = statement.words();
        if (words.startsWith("DROP", "TABLE")) {
            for (TableName table : words.names(words.skip(2, "IF", "EXISTS"))) {
                if (!findings.isNew(table)) {
                    read(statement, Rule.DROP_TABLE, table, "Table " + findings.described(table.toString())
                            + " is dropped, with all rows");
                }
            }
        } else if (words.startsWith("DROP", "DATABASE")) {
            findings.add(Rule.DROP_DATABASE, Severity.DANGER, statement, "A whole database is dropped.");
        } else if (words.startsWith("DROP", "SCHEMA") && words.has("CASCADE")) {
            findings.add(Rule.DROP_TABLE, Severity.DANGER, statement, "A schema is dropped with all tables in it.");
        } else if (words.startsWith("TRUNCATE") && words.has("CASCADE")) {
            findings.add(Rule.TRUNCATE_CASCADE, Severity.DANGER, statement,
                    "TRUNCATE … CASCADE also empties every table that"
                    + " references this one, and those that reference them.");
        }
        checkNot(statement);
    }

    private void check(Examined statement, AlterTable alter, Words action) {
        String table = findings.described(alter.table().toString());
        switch (AlterTable.kind(action)) {
            case DROP_COLUMN -> read(statement, Rule.DROP_COLUMN, alter.table(), "Column "
                    + name(action, action.skip(1, "COLUMN", "IF", "EXISTS")) + " of " + table
                    + " is dropped, with its values");
            case RENAME_COLUMN -> read(statement, Rule.RENAME_COLUMN, alter.table(), "Column "
                    + name(action, action.skip(1, "COLUMN")) + " of " + table + " loses its name");
            case RENAME -> read(statement, Rule.RENAME_TABLE, alter.table(), "Table " + table + " loses its name");
            case DROP_NOT_NULL -> findings.add(Rule.DROP_NOT_NULL, Severity.WARNING, statement, "Column "
                    + name(action, action.skip(1, "COLUMN")) + " of " + table
                    + " may be NULL from now on, which what reads it"
                    + " may not expect.");
            case REQUIRED_COLUMN -> findings.add(Rule.REQUIRED_COLUMN, Severity.DANGER, statement, "Column "
                    + name(AlterTable.definition(action), 0) + " of " + table
                    + " is NOT NULL without a default: this fails if"
                    + " there is a row, and so does every later INSERT that does not know the column.");
            default -> { }
        }
    }

    private static String name(Words words, int at) {
        return words.isName(at) ? words.at(at).name() : "?";
    }

    private void read(Examined statement, Rule rule, TableName table, String what) {
        List<String> readers = statement.isTraced() ? statement.trace().readers() : List.of();
        boolean exposed = findings.settings().exposedSchemas().contains(table.schema());
        String who = readers.isEmpty() ? "" : "; still used by " + String.join(", ", readers);
        String api = exposed ? "; schema " + table.schema() + " is served by the Data API" : "";
        findings.add(rule, exposed || !readers.isEmpty() ? Severity.DANGER : Severity.WARNING, statement, what + who
                + api + ".");
    }

    /** Statements that an interruption leaves half done, so that they must be able to run again. */
    private void checkNot(Examined statement) {
        Words words = statement.words();
        if (!statement.alone()) {
            return;
        }
        int on = words.find("ON");
        int after = words.skip(words.find("CONCURRENTLY") + 1, "IF", "NOT", "EXISTS");
        boolean index = words.startsWith("CREATE", "INDEX") || words.startsWith("CREATE", "UNIQUE", "INDEX");
        boolean unnamed = index && on == after;
        boolean blunt = !index
                && !words.startsWith("DROP", "INDEX")
                && (words.startsWith("CREATE") || words.startsWith("DROP") || words.startsWith("ALTER", "TYPE"))
                && !words.has("EXISTS");
        if (unnamed || blunt) {
            findings.add(Rule.NOT_REPEATABLE, Severity.WARNING, statement, unnamed
                    ? "The index has no name, so that an INVALID one, left by an interrupted build, cannot be found"
                    + " and dropped."
                    : "The statement runs outside a transaction, and would fail when it is run again.");
        }
    }
}
