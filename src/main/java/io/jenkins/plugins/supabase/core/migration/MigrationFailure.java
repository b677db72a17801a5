package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what went wrong with one file, and what that leaves behind.
 *
 * @param attempts how often the file was tried
 * @param holders  who may have held a lock; empty if that was not the matter
 */
record MigrationFailure(MigrationScript script, MigrationRun.Failure failure, int attempts, String holders) {
    private static final Pattern MISSING_TYPE = Pattern.compile("type \"([^\".]+)\" does not exist");

    DeliveryException toException(List<MigrationOutcome> applied, List<MigrationScript> notReached) {
        ServerError error = ServerError.of(failure.cause());
        List<String> sentences = new ArrayList<>();
        sentences.add(what(error));
        if (!holders.isEmpty()) {
            sentences.add("It was tried " + attempts + " times; in the way: " + holders + ".");
        }
        sentences.add(leftBehind(error));
        sentences.add(applied.isEmpty()
                ? isUp() ? "No other migration was applied." : "No other migration was taken back."
                : (isUp() ? "Applied before it, and staying so: " : "Taken back before it: ")
                        + MigrationPlan.listed(applied.stream().map(MigrationOutcome::fileName).toList()) + ".");
        if (!notReached.isEmpty()) {
            sentences.add("Not reached: "
                    + MigrationPlan.listed(notReached.stream().map(MigrationScript::label).toList()) + ".");
        }
        sentences.add(next(error));
        return new DeliveryException(String.join(" ", sentences), failure.cause());
    }

    /** @return where in the file, and the text there, for the log */
    String excerpt() {
        return position().in(script.label()) + " reads: " + position().text();
    }

    boolean isInStatement() {
        return failure.statement() < script.statements().size();
    }

    private boolean isUp() {
        return script.direction() == MigrationScript.Direction.UP;
    }

    private FilePosition position() {
        return FilePosition.of(script.file().sql(), failure.offset());
    }

    private String what(ServerError error) {
        String name = script.label();
        if (failure.statement() < 0) {
            return "Migration " + position().in(name) + " failed: " + error.describe() + ".";
        }
        if (!isInStatement()) {
            return "Migration " + name + " ran, but could not be committed with its row in the history: " + error.describe()
                    + ".";
        }
        return "Migration " + position().in(name) + " failed in statement " + (failure.statement() + 1) + " of "
                + script.statements().size() + ": " + error.describe() + ".";
    }

    /** Two mistakes whose error message leads nowhere. */
    private String advice(ServerError error) {
        String sql = script.file().sql();
        if (failure.offset() < sql.length() && sql.charAt(failure.offset()) == '\\') {
            return "Lines that begin with a backslash are commands of psql, which the server does not know: take them out. ";
        }
        Matcher type = MISSING_TYPE.matcher(error.message());
        if (error.state().equals("42704") && type.find()) {
            return "The type may be in a schema that is not in the search_path: try extensions." + type.group(1) + ". ";
        }
        return "";
    }

    private String leftBehind(ServerError error) {
        if (error.isConnectionLost()) {
            return "The connection is gone, and the server rolls the file back unless it had committed it already.";
        }
        if (script.runsOutsideTransaction()) {
            return isInStatement()
                    ? "The statement ran outside a transaction; what it may have left, such as an INVALID index, is dropped"
                            + " and built anew by the next run."
                    : "The statement itself has taken effect.";
        }
        return "The whole file was rolled back.";
    }

    private String next(ServerError error) {
        if (error.isConnectionLost()) {
            return "Run the build again: it looks into the history and goes on from there.";
        }
        if (!holders.isEmpty()) {
            return "Let that session end (or end it: select pg_terminate_backend(pid)), then run the build again.";
        }
        if (error.isOnlyOutsideTransaction()) {
            return "Put that statement into a migration file of its own, then run the build again.";
        }
        return advice(error) + "Correct " + script.label() + " and run the build again: it goes on with this file.";
    }
}
