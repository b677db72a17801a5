package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Connections;
import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.database.Sessions;
import io.jenkins.plugins.supabase.core.backup.database.Workers;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.mask.MaskedColumns;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Fills an empty database from a backup's parts. Nothing of it is on this machine's disk at any time. */
final class DatabaseRestore {
    private final BackupManifest manifest;
    private final PartContent content;
    private final RestoreChoice choice;
    private final Connections target;
    private final int parallel;
    private final boolean strict;
    private final Progress progress;

    private long rows;

    /** @param strict whether the first statement that the server refuses ends it; rows are always taken strictly */
    DatabaseRestore(
            BackupManifest manifest,
            PartContent content,
            RestoreChoice choice,
            Connections target,
            int parallel,
            boolean strict,
            Progress progress) {
        this.manifest = manifest;
        this.content = content;
        this.choice = choice;
        this.target = target;
        this.parallel = parallel;
        this.strict = strict;
        this.progress = progress;
    }

    /** @return statements that the server refused, a phrase each; none where it is strict */
    List<String> run() throws Exception {
        List<String> refused = new ArrayList<>();
        for (PartKind kind : List.of(PartKind.GLOBALS, PartKind.PRE_DATA)) {
            refused.addAll(sections(kind));
        }
        MaskedColumns masked;
        ChosenTables chosen = null;
        try (Connection connection = session()) {
            masked = MaskedColumns.of(connection, choice.masks());
            if (!choice.tables().isEmpty()) {
                chosen = ChosenTables.of(connection, choice.tables());
                chosen.dropOthers(connection);
            }
        }
        List<BackupPart> parts = manifest.parts(PartKind.TABLE);
        load(chosen == null ? parts : chosen.of(parts), masked);
        if (chosen == null) {
            lines(PartKind.LARGE_OBJECTS);
            lines(PartKind.SEQUENCES);
        } else {
            ofWhatIsThere(PartKind.SEQUENCES);
        }
        progress.line("Rows are loaded; making indexes, constraints and triggers");
        if (chosen == null) {
            refused.addAll(sections(PartKind.POST_DATA));
        } else {
            ofWhatIsThere(PartKind.POST_DATA);
        }
        return refused;
    }

    /** @return how many rows it loads, as soon as it does */
    long rows() {
        return rows;
    }

    private void load(List<BackupPart> parts, MaskedColumns masked) throws Exception {
        rows = parts.stream().mapToLong(BackupPart::rows).sum();
        progress.line("Roles and tables are made; loading %d rows%s".formatted(
                rows, choice.masks().isEmpty() ? "" : ", with " + Count.of(masked.count(parts), "column") + " masked"));
        RowSource source = part -> masked.mask(part.schema(), part.table(), part.columns(), content.open(part));
        List<Workers.Task> tasks = TableRows.tasks(parts, source, parallel);
        if (!tasks.isEmpty()) {
            Workers.run(parallel, this::session, tasks);
        }
    }

    private void ofWhatIsThere(PartKind kind) throws Exception {
        for (BackupPart part : manifest.parts(kind)) {
            SqlReplay.ofWhatIsThere(target, parallel).run(content.text(part));
        }
    }

    private Connection session() throws SQLException, InterruptedException {
        Connection connection = target.open();
        Sessions.setUp(connection);
        // What a crash would lose is made durable by the commits after it, long before anybody relies on it.
        Rows.run(connection, "SET synchronous_commit = off");
        return connection;
    }

    private List<String> sections(PartKind kind) throws Exception {
        List<String> refused = new ArrayList<>();
        for (BackupPart part : manifest.parts(kind)) {
            refused.addAll(new SqlReplay(target, parallel, strict).run(content.text(part)));
        }
        return refused;
    }

    /** Statements of one line each. */
    private void lines(PartKind kind) throws SQLException, IOException, InterruptedException {
        try (Connection connection = session()) {
            for (BackupPart part : manifest.parts(kind)) {
                SqlLines.run(connection, content.open(part));
            }
        }
    }
}
