package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.postgres.AppliedMigration;
import io.jenkins.plugins.supabase.core.postgres.SqlStatement;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import io.jenkins.plugins.supabase.core.postgres.StatementSplitter;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.List;
import java.util.Optional;

/**
 * A migration whose file is not what was applied any more.
 *
 * @param statement the first that differs, from 1
 * @param line      in the file, from 1, where that statement begins or the file ends
 * @param applied   the beginning of what ran, on one line; null where the file has more statements than ran
 * @param now       the beginning of what the file says, on one line; null where it has fewer
 * @param cosmetic  whether only comments and white space differ anywhere in the file
 */
public record EditedMigration(
        MigrationFile file, int statement, int line, String applied, String now, boolean cosmetic) {
    private static final int SHOWN = 100;

    /** @return empty where the file says what was applied, or the history does not know what that was */
    static Optional<EditedMigration> of(MigrationFile file, AppliedMigration history) {
        if (history.statements().isEmpty()) {
            return Optional.empty();
        }
        List<SqlStatement> statements = StatementSplitter.split(file.sql());
        int first = 0;
        while (first < statements.size()
                && first < history.statements().size()
                && statements.get(first).text().equals(history.statements().get(first))) {
            first++;
        }
        if (first == statements.size() && first == history.statements().size()) {
            return Optional.empty();
        }
        SqlStatement now = first < statements.size() ? statements.get(first) : null;
        return Optional.of(new EditedMigration(
                file,
                first + 1,
                now == null ? FilePosition.of(file.sql(), file.sql().length()).line() : now.line(),
                first < history.statements().size() ? shown(history.statements().get(first)) : null,
                now == null ? null : shown(now.text()),
                isCosmetic(statements, history.statements())));
    }

    private static boolean isCosmetic(List<SqlStatement> now, List<String> applied) {
        return condensed(now.stream().map(SqlStatement::text).toList()).equals(condensed(applied));
    }

    private static List<String> condensed(List<String> statements) {
        return statements.stream()
                .map(SqlText::condensed)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String shown(String statement) {
        String line = SqlText.condensed(statement).replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** @return one sentence */
    public String describe() {
        if (cosmetic) {
            return "Only comments or white space changed since it was applied.";
        }
        String place = "Statement " + statement + " (line " + line + ") ";
        if (applied == null) {
            return place + "was added after the migration had been applied: " + now;
        }
        return now == null
                ? "Statement " + statement + " was taken out after the migration had been applied: " + applied
                : place + "ran as \"" + applied + "\" and now says \"" + now + "\".";
    }
}
