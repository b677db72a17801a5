package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.Progress;
import java.sql.SQLWarning;
import java.util.function.Consumer;
import org.postgresql.util.PSQLWarning;

/** Shows what the server has to say while a file runs, up to a limit, as a loop can say it a million times. */
final class NoticeLines implements Consumer<SQLWarning> {
    private final String prefix;
    private final Progress progress;
    private final int limit;
    private int seen;

    NoticeLines(String prefix, Progress progress, int limit) {
        this.prefix = prefix;
        this.progress = progress;
        this.limit = limit;
    }

    @Override
    public void accept(SQLWarning notice) {
        seen++;
        if (seen <= limit) {
            String severity = notice instanceof PSQLWarning warning && warning.getServerErrorMessage() != null
                    ? warning.getServerErrorMessage().getSeverity()
                    : "NOTICE";
            progress.line(prefix + severity + ": " + String.valueOf(notice.getMessage()).strip().replaceAll("\\s+", " "));
        }
    }

    void end() {
        if (seen > limit) {
            progress.line(prefix + (seen - limit) + " further notices are not shown");
        }
    }
}
