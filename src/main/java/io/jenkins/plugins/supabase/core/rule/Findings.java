package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.LockMode;
import io.jenkins.plugins.supabase.core.trace.Severity;
import io.jenkins.plugins.supabase.core.trace.TableSizes;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What rules found so far, and what they know of the files before the statement that they look at. */
final class Findings {
    private static final long KILO = 1_000;

    private final RuleSettings settings;
    private final TableSizes sizes;
    private final List<Finding> found = new ArrayList<>();
    private final Set<TableName> made = new HashSet<>();
    private final Set<TableName> secured = new HashSet<>();
    private final Map<String, TraceReport.TableLock> traced = new LinkedHashMap<>();
    private final Set<String> concerned = new HashSet<>();

    Findings(RuleSettings settings, TableSizes sizes, TraceReport trace) {
        this.settings = settings;
        this.sizes = sizes;
        if (trace != null) {
            trace.migrations().forEach(migration -> migration.statements().forEach(
                    statement -> statement.locks().forEach(lock -> traced.put(lock.table(), lock))));
        }
    }

    RuleSettings settings() {
        return settings;
    }

    List<Finding> all() {
        return found;
    }

    /** A statement begins: what was found of tables in the one before does not concern it. */
    void nextStatement() {
        concerned.clear();
    }

    void add(Rule rule, Severity severity, String file, int line, String message) {
        found.add(new Finding(rule.id(), severity, file, line, message, rule.remedy(), null));
    }

    void add(Rule rule, Severity severity, Examined statement, String message) {
        add(rule, severity, MigrationRules.path(statement.file()), statement.line(), message);
    }

    /** A finding about how a table is locked, as severe as the table is large. */
    void addFor(String table, Rule rule, Examined statement, String what) {
        concerned.add(table);
        add(rule, severity(table), statement, what + " " + described(table) + ".");
    }

    /** @return whether the statement has a finding about the table already */
    boolean concerns(String table) {
        return concerned.contains(table);
    }

    void made(TableName table) {
        made.add(table);
    }

    /** @return whether an earlier statement of the release makes it, so that nobody uses it yet */
    boolean isNew(TableName table) {
        return made.contains(table);
    }

    void secured(TableName table) {
        secured.add(table);
    }

    boolean isSecured(TableName table) {
        return secured.contains(table);
    }

    boolean isBig(String table) {
        return settings.isBig(rows(table), bytes(table));
    }

    private Severity severity(String table) {
        if (isBig(table)) {
            return Severity.DANGER;
        }
        return rows(table) + bytes(table) > 0 ? Severity.INFO : Severity.WARNING;
    }

    private long rows(String table) {
        return traced.containsKey(table) ? traced.get(table).rows() : sizes.rows(table);
    }

    private long bytes(String table) {
        return traced.containsKey(table) ? traced.get(table).bytes() : sizes.bytes(table);
    }

    /** @return the table, and how large it is where that is known */
    String described(String table) {
        if (rows(table) + bytes(table) == 0) {
            return table;
        }
        return String.format(Locale.ROOT, "%s (about %,d row%s, %s)", table, rows(table), rows(table) == 1 ? "" : "s",
                size(bytes(table)));
    }

    private static String size(long bytes) {
        if (bytes < KILO * KILO) {
            return String.format(Locale.ROOT, "%,d kB", bytes / KILO);
        }
        return String.format(Locale.ROOT, "%,d MB", bytes / KILO / KILO);
    }

    static String blocked(LockMode mode) {
        return mode.blocksReaders() ? "readers and writers" : "writers";
    }
}
