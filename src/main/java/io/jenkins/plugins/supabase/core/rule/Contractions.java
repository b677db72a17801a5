package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that do more than add: code that runs now may stop working beside the database that they leave. */
final class Contractions {
    /** What nobody's code reads or writes by name. */
    private static final Set<String> UNUSED =
            Set.of("INDEX", "TRIGGER", "STATISTICS", "RULE", "EVENT", "PUBLICATION", "OWNED");

    private final Findings findings;

    Contractions(Findings findings) {
        this.findings = findings;
    }

    void check(Examined statement) {
        reason(statement).ifPresent(reason ->
                findings.add(Rule.NOT_EXPAND_ONLY, Severity.DANGER, statement, reason + "."));
    }

    private Optional<String> reason(Examined statement) {
        Optional<AlterTable> alter = AlterTable.of(statement.words());
        if (alter.isPresent()) {
            AlterTable table = alter.get();
            return findings.isNew(table.table())
                    ? Optional.empty()
                    : table.actions().stream()
                            .map(action -> reason(statement, table, action))
                            .flatMap(Optional::stream)
                            .findFirst();
        }
        Words words = statement.words();
        if (words.startsWith("DROP")) {
            return dropped(words);
        }
        if (words.startsWith("TRUNCATE")) {
            return Optional.of("Rows that running code may need are deleted");
        }
        if (words.startsWith("REVOKE")) {
            return Optional.of("A right that running code may need is taken away");
        }
        if (words.startsWith("ALTER", "DOMAIN") && (words.has("ADD") || words.has("SET", "NOT", "NULL"))) {
            return Optional.of("A domain is tightened");
        }
        boolean renames = words.startsWith("ALTER")
                && !words.is(1, "INDEX")
                && (words.has("RENAME", "TO") || words.has("RENAME", "VALUE") || words.has("SET", "SCHEMA"));
        if (renames) {
            return Optional.of("Something that running code may use loses its name");
        }
        if (words.startsWith("CREATE", "POLICY") && words.has("RESTRICTIVE")) {
            return Optional.of("A restrictive policy takes rows away from running code");
        }
        return uniqueIndex(words);
    }

    private Optional<String> uniqueIndex(Words words) {
        if (!words.startsWith("CREATE", "UNIQUE", "INDEX")) {
            return Optional.empty();
        }
        return words.name(words.skip(words.find("ON") + 1, "ONLY"))
                .filter(table -> !findings.isNew(table))
                .map(table -> "Rows that running code writes into " + table + " may now be refused");
    }

    private Optional<String> dropped(Words words) {
        if (UNUSED.contains(words.at(1).text())) {
            return Optional.empty();
        }
        if (words.is(1, "TABLE")) {
            List<TableName> old = words.names(words.skip(2, "IF", "EXISTS")).stream()
                    .filter(table -> !findings.isNew(table))
                    .toList();
            return old.isEmpty() ? Optional.empty() : Optional.of("Table " + old.get(0) + " is dropped");
        }
        return Optional.of("Something that running code may use is dropped");
    }

    private static Optional<String> reason(Examined statement, AlterTable alter, Words action) {
        TableName table = alter.table();
        return switch (AlterTable.kind(action)) {
            case DROP_COLUMN -> Optional.of("A column of " + table + " is dropped");
            case RENAME_COLUMN -> Optional.of("A column of " + table + " loses its name");
            case RENAME -> Optional.of("Table " + table + " loses its name");
            case TYPE -> isWidened(statement, table)
                    ? Optional.empty()
                    : Optional.of("A column of " + table + " changes its type");
            case SET_NOT_NULL, REQUIRED_COLUMN -> Optional.of("A column of " + table + " must have a value");
            case ADD_CHECK, ADD_FOREIGN_KEY, ADD_UNIQUE -> Optional.of(
                    "Rows that running code writes into " + table + " may now be refused");
            case ENABLE_SECURITY ->
                    Optional.of("Row level security takes rows of " + table + " away from running code");
            default -> Optional.empty();
        };
    }

    /** The server leaves rows as they are where every old value is one of the new type. */
    private static boolean isWidened(Examined statement, TableName table) {
        return statement.isTraced() && !statement.rewrites(table.toString()) && !statement.scans(table.toString());
    }
}
