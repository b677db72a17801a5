package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.trace.LockMode;
import io.jenkins.plugins.supabase.core.trace.Severity;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules about who has to wait, and for how long. Where the statement was traced, the trace decides whether rows are
 * read or written; where it was not, its words do.
 */
final class LockRules {
    private static final Set<String> ROWS =
            Set.of("UPDATE", "DELETE", "INSERT", "SELECT", "WITH", "MERGE", "DO", "CALL", "TRUNCATE");

    private final Findings findings;
    /** What earlier statements of the file hold until its end, and where they took it. */
    private final Map<String, Held> held = new HashMap<>();

    private record Held(LockMode mode, int line) {}

    LockRules(Findings findings) {
        this.findings = findings;
    }

    void nextFile() {
        held.clear();
    }

    void check(Examined statement) {
        checkHeld(statement);
        AlterTable.of(statement.words())
                .ifPresent(alter -> alter.actions().forEach(action -> check(statement, alter, action)));
        checkIndexes(statement);
        checkWhole(statement);
        if (statement.isTraced()) {
            remember(statement);
            checkRest(statement);
        }
    }

    private void check(Examined statement, AlterTable alter, Words action) {
        if (findings.isNew(alter.table())) {
            return;
        }
        boolean valid = !action.has("NOT", "VALID");
        switch (AlterTable.kind(action)) {
            case SERIAL_COLUMN -> rewrite(statement, alter, Rule.SERIAL_COLUMN, "Numbering all rows writes them anew:");
            case STORED_COLUMN -> rewrite(
                    statement, alter, Rule.STORED_GENERATED_COLUMN, "Computing the column writes all rows anew:");
            case VOLATILE_COLUMN -> rewrite(
                    statement, alter, Rule.VOLATILE_DEFAULT, "A default that differs by row writes all rows anew:");
            case TYPE -> type(statement, alter);
            case REWRITE -> rewrite(statement, alter, Rule.TABLE_REWRITE, "This writes all rows anew:");
            case SET_NOT_NULL ->
                    scan(statement, alter, Rule.SET_NOT_NULL, "SET NOT NULL reads all rows, while nobody can use");
            case ADD_CHECK -> {
                if (valid) {
                    scan(statement, alter, Rule.CHECK_WITHOUT_NOT_VALID,
                            "The CHECK is tried on all rows, while nobody can use");
                }
            }
            case ADD_FOREIGN_KEY -> {
                if (valid) {
                    scan(statement, alter, Rule.FOREIGN_KEY_WITHOUT_NOT_VALID,
                            "The foreign key is tried on all rows, while writers wait for both tables:");
                }
            }
            case ADD_UNIQUE -> {
                if (!action.has("USING", "INDEX")) {
                    scan(statement, alter, Rule.UNIQUE_WITHOUT_INDEX,
                            "The constraint's index is built while nobody can use");
                }
            }
            case DETACH -> {
                if (!action.has("CONCURRENTLY") && !action.has("FINALIZE")) {
                    findings.addFor(alter.table().toString(), Rule.DETACH_WITHOUT_CONCURRENTLY, statement,
                            "Detaching waits for all users of, and blocks,");
                }
            }
            default -> { }
        }
    }

    private void rewrite(Examined statement, AlterTable alter, Rule rule, String what) {
        String table = alter.table().toString();
        if (!statement.isTraced() || statement.rewrites(table)) {
            findings.addFor(table, rule, statement, what + " nobody can use");
        }
    }

    private void type(Examined statement, AlterTable alter) {
        String table = alter.table().toString();
        if (!statement.isTraced() || statement.rewrites(table)) {
            findings.addFor(table, Rule.COLUMN_TYPE_CHANGE, statement,
                    "Changing the type writes all rows anew, while nobody can use");
        } else if (statement.scans(table)) {
            findings.addFor(table, Rule.COLUMN_TYPE_CHANGE, statement,
                    "Changing the type leaves the rows, but builds indexes anew, while nobody can use");
        }
    }

    private void scan(Examined statement, AlterTable alter, Rule rule, String what) {
        String table = alter.table().toString();
        if (!statement.isTraced() || statement.scans(table) || statement.rewrites(table)) {
            findings.addFor(table, rule, statement, what);
        }
    }

    private void checkIndexes(Examined statement) {
        Words words = statement.words();
        if (words.has("CONCURRENTLY")) {
            return;
        }
        if (words.startsWith("CREATE", "INDEX") || words.startsWith("CREATE", "UNIQUE", "INDEX")) {
            words.name(words.skip(words.find("ON") + 1, "ONLY"))
                    .filter(table -> !findings.isNew(table))
                    .ifPresent(table -> findings.addFor(table.toString(), Rule.INDEX_WITHOUT_CONCURRENTLY, statement,
                            "Writers wait while the index is built on"));
        } else if (words.startsWith("DROP", "INDEX")) {
            overLocked(statement, Rule.DROP_INDEX_WITHOUT_CONCURRENTLY,
                    "Dropping the index waits for all users of, and blocks,");
        } else if (words.startsWith("REINDEX")) {
            overLocked(statement, Rule.REINDEX_WITHOUT_CONCURRENTLY, "Writers wait while indexes are built on");
        } else if (words.startsWith("REFRESH", "MATERIALIZED", "VIEW")) {
            words.name(3).filter(view -> !findings.isNew(view)).ifPresent(view -> findings.addFor(
                    view.toString(), Rule.REFRESH_WITHOUT_CONCURRENTLY, statement,
                    "Readers wait while rows are collected for"));
        }
    }

    /** For statements that name an index: only the trace knows its table. */
    private void overLocked(Examined statement, Rule rule, String what) {
        if (!statement.isTraced()) {
            findings.add(rule, Severity.WARNING, statement, what + " its table.");
            return;
        }
        for (TraceReport.TableLock lock : statement.trace().locks()) {
            findings.addFor(lock.table(), rule, statement, what);
        }
    }

    private void checkWhole(Examined statement) {
        Words words = statement.words();
        boolean rewrites = words.startsWith("CLUSTER") || words.startsWith("VACUUM") && words.has("FULL");
        if (rewrites && !statement.isTraced()) {
            findings.add(Rule.TABLE_REWRITE, Severity.WARNING, statement,
                    "This writes all rows anew while nobody can use the"
                    + " table.");
        }
        if (words.startsWith("ALTER", "DOMAIN")) {
            boolean tightens = words.has("ADD") && !words.has("NOT", "VALID") || words.has("SET", "NOT", "NULL");
            Set<String> read = statement.isTraced() ? new TreeSet<>(statement.trace().scans()) : Set.of();
            if (tightens && (!statement.isTraced() || !read.isEmpty())) {
                findings.add(Rule.DOMAIN_CONSTRAINT, Severity.WARNING, statement,
                        "The constraint is tried on all rows of every"
                        + " table that uses the domain, while writers wait"
                        + (read.isEmpty() ? "." : ": " + String.join(", ", read) + "."));
                read.forEach(table -> held.putIfAbsent(table, new Held(LockMode.SHARE, statement.line())));
            }
        }
    }

    /** What the trace saw and no rule above has a name for. */
    private void checkRest(Examined statement) {
        for (String table : statement.trace().rewrites()) {
            if (!findings.concerns(table)) {
                findings.addFor(table, Rule.TABLE_REWRITE, statement,
                        "All rows are written anew, while nobody can use");
            }
        }
        for (String table : statement.trace().scans()) {
            Held lock = held.get(table);
            if (!changesRows(statement) && !findings.concerns(table) && lock != null && lock.mode().blocksWriters()
                    && !statement.startsWith("ALTER", "DOMAIN")) {
                findings.addFor(table, Rule.SCAN_UNDER_LOCK, statement,
                        "All rows are read, while " + Findings.blocked(lock.mode()) + " wait for");
            }
        }
        for (TraceReport.TableLock lock : statement.trace().locks()) {
            boolean exclusive = LockMode.of(lock.mode()) == LockMode.ACCESS_EXCLUSIVE;
            if (exclusive && !findings.concerns(lock.table()) && findings.isBig(lock.table())) {
                findings.add(Rule.LOCK_ON_BIG_TABLE, Severity.WARNING, statement, "This needs ACCESS EXCLUSIVE on "
                        + findings.described(lock.table())
                        + " for a moment: it waits for all its users, and all later ones"
                        + " wait for it.");
            }
        }
    }

    private static boolean changesRows(Examined statement) {
        return ROWS.contains(statement.words().at(0).text());
    }

    private void checkHeld(Examined statement) {
        if (!statement.isTraced()) {
            return;
        }
        Set<String> slow = new TreeSet<>(statement.trace().scans());
        slow.addAll(statement.trace().rewrites());
        if (changesRows(statement)) {
            // Without rows, the scratch copy may never have come to a table that a subquery reads.
            statement.trace().locks().forEach(lock -> slow.add(lock.table()));
        }
        slow.removeIf(table -> !findings.isBig(table));
        if (slow.isEmpty()) {
            return;
        }
        held.forEach((table, lock) -> {
            if (lock.mode() == LockMode.ACCESS_EXCLUSIVE) {
                findings.add(Rule.LOCK_HELD_LONG, Severity.DANGER, statement, table + ", which line " + lock.line()
                        + " locked against readers and writers until the file's end, stays locked while this goes"
                        + " through "
                        + findings.described(slow.iterator().next()) + ".");
            }
        });
    }

    private void remember(Examined statement) {
        for (TraceReport.TableLock lock : statement.trace().locks()) {
            Held now = new Held(LockMode.of(lock.mode()), statement.line());
            held.merge(lock.table(), now, (old, next) -> next.mode().isStrongerThan(old.mode()) ? next : old);
        }
    }
}
