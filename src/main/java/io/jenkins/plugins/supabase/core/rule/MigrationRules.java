package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.migration.FilePosition;
import io.jenkins.plugins.supabase.core.migration.MigrationScript;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import io.jenkins.plugins.supabase.core.postgres.SqlTokens;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.LockMode;
import io.jenkins.plugins.supabase.core.trace.Severity;
import io.jenkins.plugins.supabase.core.trace.TableSizes;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people should look at in pending migrations before they are applied. */
public final class MigrationRules {
    private static final Set<String> CHANGES_ROWS = Set.of("UPDATE", "DELETE", "MERGE");

    private final TraceReport trace;
    private final Findings findings;
    private final LockRules locks;
    private final CompatibilityRules compatibility;
    private final SecurityRules security;
    private final StyleRules style;

    private MigrationRules(TraceReport trace, TableSizes sizes, RuleSettings settings) {
        this.trace = trace;
        this.findings = new Findings(settings, sizes, trace);
        this.locks = new LockRules(findings);
        this.compatibility = new CompatibilityRules(findings);
        this.security = new SecurityRules(findings);
        this.style = new StyleRules(findings);
    }

    /**
     * @param pending in the order in which they would be applied
     * @param trace   of these files; null where there is none, and the statements' words have to do
     * @param sizes   of tables, where there is no trace to tell them
     * @return sorted by file and line; those that a comment in the file accepts have its reason
     */
    public static List<Finding> check(
            List<MigrationFile> pending, TraceReport trace, TableSizes sizes, RuleSettings settings) {
        return new MigrationRules(trace, sizes, settings).check(pending);
    }

    /**
     * Whether code that runs now and code that comes can use the database at once, as a blue-green deployment wants it.
     *
     * @return one finding for each statement that takes away, renames or tightens something that was there before these
     *     files; empty where they only add
     */
    public static List<Finding> contractions(List<MigrationFile> pending, TraceReport trace, RuleSettings settings) {
        MigrationRules rules = new MigrationRules(trace, TableSizes.UNKNOWN, settings);
        Contractions contractions = new Contractions(rules.findings);
        for (MigrationFile file : pending) {
            for (Examined statement : rules.examined(file, MigrationScript.of(file))) {
                contractions.check(statement);
                rules.remember(statement);
            }
        }
        return List.copyOf(rules.findings.all());
    }

    static String path(MigrationFile file) {
        return "supabase/migrations/" + file.fileName();
    }

    private List<Finding> check(List<MigrationFile> pending) {
        List<MigrationScript> scripts = pending.stream().map(MigrationScript::of).toList();
        for (int i = 0; i < pending.size(); i++) {
            examined(pending.get(i), scripts.get(i)).forEach(this::noteSecured);
        }
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            MigrationFile file = pending.get(i);
            int before = findings.all().size();
            checkFile(file, scripts.get(i));
            Waivers waivers = Waivers.of(file, lines(file));
            List<Finding> ofFile = new ArrayList<>();
            findings.all().subList(before, findings.all().size())
                    .forEach(finding -> ofFile.add(waivers.applied(finding)));
            ofFile.addAll(waivers.problems());
            ofFile.sort(Comparator.comparing(Finding::file).thenComparing(Finding::line));
            all.addAll(ofFile);
        }
        return List.copyOf(all);
    }

    private void checkFile(MigrationFile file, MigrationScript script) {
        script.problem().ifPresent(problem ->
                findings.add(Rule.CANNOT_RUN, Severity.DANGER, path(file), 0, problem + "."));
        locks.nextFile();
        for (Examined statement : examined(file, script)) {
            findings.nextStatement();
            locks.check(statement);
            compatibility.check(statement);
            security.check(statement);
            style.check(statement);
            checkData(statement);
            remember(statement);
        }
        traced(file).ifPresent(migration -> checkTrace(file, script, migration));
    }

    private void checkTrace(MigrationFile file, MigrationScript script, TraceReport.Migration migration) {
        TraceReport.Failure failure = migration.failure();
        if (failure != null && script.problem().isEmpty()) {
            findings.add(Rule.WILL_FAIL, Severity.DANGER, path(file), failure.line(), "This will fail, at column "
                    + failure.column() + ": " + failure.message() + ".");
        }
        if (Boolean.FALSE.equals(migration.rollback())) {
            findings.add(Rule.ROLLBACK_DOES_NOT_RESTORE, Severity.WARNING, "supabase/rollbacks/" + file.fileName(), 0,
                    "Run after its migration, the file does not bring the schema back: "
                            + String.join("; ", migration.unrestored()) + ".");
        }
    }

    /** Tables of the scratch copy are empty, so that only people can tell what rows will do to these. */
    private void checkData(Examined statement) {
        boolean changes = statement.isTraced()
                ? statement.trace().locks().stream()
                        .anyMatch(lock -> LockMode.of(lock.mode()) == LockMode.ROW_EXCLUSIVE)
                        && !(statement.startsWith("INSERT") && statement.words().has("VALUES"))
                : CHANGES_ROWS.contains(statement.words().at(0).text());
        if (changes) {
            findings.add(Rule.DEPENDS_ON_DATA, Severity.INFO, statement,
                    "What this does, how long it takes and whether it"
                    + " succeeds depends on rows, of which a scratch copy has none.");
        }
    }

    private void noteSecured(Examined statement) {
        AlterTable.of(statement.words()).ifPresent(alter -> alter.actions().forEach(action -> {
            if (AlterTable.kind(action) == AlterTable.Kind.ENABLE_SECURITY) {
                findings.secured(alter.table());
            }
        }));
    }

    private void remember(Examined statement) {
        Words words = statement.words();
        SecurityRules.tableOf(words).ifPresent(findings::made);
        if (words.startsWith("CREATE", "MATERIALIZED", "VIEW")) {
            words.name(words.skip(3, "IF", "NOT", "EXISTS")).ifPresent(findings::made);
        }
        AlterTable.of(words).filter(alter -> findings.isNew(alter.table())).ifPresent(alter -> alter.actions().stream()
                .filter(action -> action.startsWith("RENAME", "TO") && action.isName(2))
                .forEach(action -> findings.made(new TableName(alter.table().schema(), action.at(2).name()))));
    }

    private List<Examined> examined(MigrationFile file, MigrationScript script) {
        List<TraceReport.Statement> left =
                new ArrayList<>(traced(file).map(TraceReport.Migration::statements).orElse(List.of()));
        List<Examined> examined = new ArrayList<>();
        for (SqlText.Piece piece : script.statements()) {
            Words words = new Words(SqlTokens.of(script.sql(), piece));
            if (words.size() > 0) {
                int line = line(file, piece.start());
                // Inserts in a row are traced as one statement.
                boolean traced = !left.isEmpty() && left.get(0).line() == line;
                examined.add(new Examined(
                        file, line, words, traced ? left.remove(0) : null, script.runsOutsideTransaction()));
            }
        }
        return examined;
    }

    private Optional<TraceReport.Migration> traced(MigrationFile file) {
        return trace == null
                ? Optional.empty()
                : trace.migrations().stream()
                        .filter(migration -> migration.version().equals(file.version()))
                        .findFirst();
    }

    private static List<Waivers.Lines> lines(MigrationFile file) {
        return SqlText.scan(file.sql()).statements().stream()
                .map(piece -> new Waivers.Lines(line(file, piece.start()), line(file, piece.end())))
                .toList();
    }

    private static int line(MigrationFile file, int offset) {
        return FilePosition.of(file.sql(), offset).line();
    }
}
