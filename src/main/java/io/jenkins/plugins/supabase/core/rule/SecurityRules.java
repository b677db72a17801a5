package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.postgres.PlatformSchemas;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.Optional;
import java.util.Set;

/** Rules about who may see and change rows through the Data API. Facts: Supabase's guides on hardening the Data API. */
final class SecurityRules {
    /** {@code PUBLIC} is everybody, and anon whoever has the publishable key, which every browser has. */
    private static final Set<String> EVERYONE = Set.of("PUBLIC", "ANON", "\"anon\"", "\"public\"");

    private static final Set<String> MADE = Set.of(
            "TABLE", "VIEW", "SEQUENCE", "FUNCTION", "PROCEDURE", "TYPE", "INDEX", "DOMAIN", "SCHEMA", "AGGREGATE");

    private final Findings findings;

    SecurityRules(Findings findings) {
        this.findings = findings;
    }

    void check(Examined statement) {
        Words words = statement.words();
        tableOf(words).ifPresent(table -> checkTable(statement, table));
        AlterTable.of(words).ifPresent(alter -> alter.actions().forEach(action -> {
            if (AlterTable.kind(action) == AlterTable.Kind.DISABLE_SECURITY) {
                findings.add(Rule.NO_ROW_LEVEL_SECURITY, Severity.DANGER, statement, "Row level security of "
                        + alter.table()
                        + " is turned off.");
            }
        }));
        checkPolicy(statement);
        checkFunction(statement);
        checkView(statement);
        checkGrant(statement);
        checkPlatform(statement);
    }

    /** @return the table that a statement makes, a temporary one left out */
    static Optional<TableName> tableOf(Words words) {
        if (!words.startsWith("CREATE")) {
            return Optional.empty();
        }
        int at = words.skip(1, "UNLOGGED", "FOREIGN");
        return words.is(at, "TABLE") ? words.name(words.skip(at + 1, "IF", "NOT", "EXISTS")) : Optional.empty();
    }

    private void checkTable(Examined statement, TableName table) {
        if (findings.settings().exposedSchemas().contains(table.schema()) && !findings.isSecured(table)) {
            findings.add(Rule.NO_ROW_LEVEL_SECURITY, Severity.DANGER, statement, "Table " + table
                    + " is served by the Data API"
                    + " without row level security, so that whoever has the publishable key may use it as granted.");
        }
    }

    private void checkPolicy(Examined statement) {
        Words words = statement.words();
        boolean create = words.startsWith("CREATE", "POLICY");
        if (!create && !words.startsWith("ALTER", "POLICY") || words.has("RESTRICTIVE")) {
            return;
        }
        int to = words.find("TO");
        boolean everyone = create && to < 0;
        for (int i = to + 1; to >= 0 && i < words.size() && !words.is(i, "USING") && !words.is(i, "WITH"); i++) {
            everyone |= EVERYONE.contains(words.at(i).text());
        }
        boolean reads = isTrue(words, words.find("USING"));
        boolean writes = isTrue(words, words.find("CHECK"));
        if (!everyone || !reads && !writes) {
            return;
        }
        boolean readsOnly = words.has("FOR", "SELECT");
        findings.add(Rule.POLICY_FOR_EVERYONE, readsOnly ? Severity.WARNING : Severity.DANGER, statement, readsOnly
                ? "The policy lets everybody read every row."
                : "The policy lets everybody, signed in or not, " + (reads ? "reach every row" : "write any row")
                + ".");
    }

    private static boolean isTrue(Words words, int at) {
        if (at < 0 || !words.is(at + 1, "(")) {
            return false;
        }
        Words condition = words.inside(at + 1);
        while (condition.size() > 2 && condition.is(0, "(")) {
            condition = condition.inside(0);
        }
        return condition.size() == 1 && condition.is(0, "TRUE");
    }

    private void checkFunction(Examined statement) {
        Words words = statement.words();
        int at = words.startsWith("ALTER") ? 1 : words.startsWith("CREATE") ? words.skip(1, "OR", "REPLACE") : -1;
        boolean function = at > 0 && (words.is(at, "FUNCTION") || words.is(at, "PROCEDURE") || words.is(at, "ROUTINE"));
        if (function && words.has("SECURITY", "DEFINER") && !words.has("SET", "SEARCH_PATH")) {
            findings.add(Rule.SECURITY_DEFINER_SEARCH_PATH, Severity.DANGER, statement, "Function "
                    + words.name(at + 1).map(TableName::toString).orElse("")
                    + " runs with its owner's rights and its caller's"
                    + " search_path.");
        }
    }

    private void checkView(Examined statement) {
        Words words = statement.words();
        int at = words.startsWith("CREATE") ? words.skip(1, "OR", "REPLACE", "RECURSIVE") : -1;
        if (at < 0 || !words.is(at, "VIEW") || words.has("SECURITY_INVOKER")) {
            return;
        }
        words.name(words.skip(at + 1, "IF", "NOT", "EXISTS"))
                .filter(view -> findings.settings().exposedSchemas().contains(view.schema()))
                .ifPresent(view -> findings.add(Rule.VIEW_WITHOUT_SECURITY_INVOKER, Severity.WARNING, statement,
                "View " + view
                        + " is served by the Data API and reads with its owner's rights, past row level security."));
    }

    private void checkGrant(Examined statement) {
        Words words = statement.words();
        boolean granted = words.startsWith("GRANT") || words.startsWith("ALTER", "DEFAULT", "PRIVILEGES");
        int grant = granted ? words.find("GRANT") : -1;
        if (grant < 0) {
            return;
        }
        boolean everything = words.is(grant + 1, "ALL") || words.has("ON", "ALL", "TABLES");
        int to = words.find(grant, "TO");
        for (int i = to; everything && to > 0 && i < words.size(); i++) {
            if (EVERYONE.contains(words.at(i).text())) {
                findings.add(Rule.GRANT_TO_EVERYONE, Severity.WARNING, statement, "Everything is granted to "
                        + words.at(i).name() + ", that is, to whoever has the publishable key.");
                return;
            }
        }
    }

    private void checkPlatform(Examined statement) {
        Words words = statement.words();
        if (!words.startsWith("CREATE") && !words.startsWith("ALTER") && !words.startsWith("DROP")) {
            return;
        }
        int kind = words.skip(1, "OR", "REPLACE", "UNIQUE", "UNLOGGED", "MATERIALIZED", "FOREIGN", "TEMPORARY");
        if (kind >= words.size() || !MADE.contains(words.at(kind).text())) {
            return;
        }
        int at = words.skip(kind + 1, "IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY");
        boolean index = words.is(kind, "INDEX") && words.startsWith("CREATE");
        Optional<TableName> name = words.name(index ? words.skip(words.find("ON") + 1, "ONLY") : at);
        String schema = words.is(kind, "SCHEMA")
                ? name.map(TableName::table).orElse("")
                : name.map(TableName::schema).orElse("");
        boolean ifAbsent = words.is(kind, "SCHEMA") && words.startsWith("CREATE");
        if (PlatformSchemas.contains(schema) && !ifAbsent) {
            findings.add(Rule.PLATFORM_SCHEMA, Severity.DANGER, statement, "Schema " + schema
                    + " belongs to the platform: hosted"
                    + " projects refuse most changes in it, and an upgrade may undo or collide with the others.");
        }
    }
}
