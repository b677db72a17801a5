package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments of one file by which its author accepts findings: {@code -- supabase-delivery: allow <rule>: <reason>}
 * concerns the statement that it stands in, behind or before, {@code allow-in-file} every statement of the file.
 */
final class Waivers {
    private static final Pattern COMMENT =
            Pattern.compile("--\\s*supabase-delivery:\\s*(allow(?:-in-file)?)\\s+([^:\\r\\n]*?)\\s*(?::\\s*(.*?)\\s*)?$");

    private final MigrationFile file;
    private final List<Waiver> waivers = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /** @param last line of the statement that it concerns; first and last of the whole file where it stands for all */
    private record Waiver(String rule, int line, int first, int last, String reason) {
        boolean covers(Finding finding) {
            return finding.rule().equals(rule) && (finding.line() >= first && finding.line() <= last);
        }
    }

    /**
     * Lines from 1.
     *
     * @param first of the statement's first token
     * @param last  where its semicolon stands
     */
    record Lines(int first, int last) {}

    private Waivers(MigrationFile file) {
        this.file = file;
    }

    static Waivers of(MigrationFile file, List<Lines> statements) {
        Waivers waivers = new Waivers(file);
        List<String> lines = file.sql().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher comment = COMMENT.matcher(lines.get(i));
            if (comment.find()) {
                waivers.add(comment, i + 1, statements);
            }
        }
        return waivers;
    }

    private void add(Matcher comment, int line, List<Lines> statements) {
        String reason = comment.group(3);
        if (reason == null || reason.isBlank()) {
            problem(Rule.WAIVER_WITHOUT_REASON, line, "The comment gives no reason, so that it accepts nothing.");
            return;
        }
        boolean all = comment.group(1).equals("allow-in-file");
        Lines concerned = all ? new Lines(0, Integer.MAX_VALUE) : concerned(line, statements);
        for (String rule : Arrays.stream(comment.group(2).split(",")).map(String::strip).toList()) {
            if (Rule.of(rule).filter(Rule::isWaivable).isEmpty()) {
                List<String> known = Arrays.stream(Rule.values()).filter(Rule::isWaivable).map(Rule::id).toList();
                problem(Rule.WAIVER_FOR_NOTHING, line, "There is no rule '" + rule + "' that can be accepted"
                        + NearestName.hint(rule, known) + ".");
                continue;
            }
            waivers.add(new Waiver(rule, line, concerned.first(), concerned.last(), reason));
        }
    }

    private static Lines concerned(int line, List<Lines> statements) {
        return statements.stream()
                .filter(statement -> line <= statement.last())
                .findFirst()
                .orElse(new Lines(line, line));
    }

    private void problem(Rule rule, int line, String message) {
        problems.add(new Finding(rule.id(), Severity.WARNING, MigrationRules.path(file), line, message, rule.remedy(),
                null));
    }

    /** @return the finding, with the reason for which it is accepted, if it is */
    Finding applied(Finding finding) {
        for (Waiver waiver : waivers) {
            if (waiver.covers(finding)) {
                used.add(waiver.rule() + waiver.line());
                return new Finding(
                        finding.rule(), finding.severity(), finding.file(), finding.line(), finding.message(),
                        finding.remedy(), waiver.reason());
            }
        }
        return finding;
    }

    /** @return what is wrong with the comments, after {@link #applied} saw all findings of the file */
    List<Finding> problems() {
        List<Finding> all = new ArrayList<>(problems);
        for (Waiver waiver : waivers) {
            if (!used.contains(waiver.rule() + waiver.line())) {
                all.add(new Finding(
                        Rule.WAIVER_FOR_NOTHING.id(), Severity.WARNING, MigrationRules.path(file), waiver.line(),
                        "Nothing here breaks the rule " + waiver.rule() + ".", Rule.WAIVER_FOR_NOTHING.remedy(), null));
            }
        }
        return all;
    }
}
