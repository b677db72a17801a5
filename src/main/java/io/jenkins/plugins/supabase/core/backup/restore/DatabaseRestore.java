package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Connections;
import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.database.Sessions;
import io.jenkins.plugins.supabase.core.backup.database.Workers;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Fills an empty database from a backup's parts. Nothing of it is on this machine's disk at any time. */
final class DatabaseRestore {
    private static final int SCRIPT_CHARACTERS = 1 << 20;

    private final BackupManifest manifest;
    private final PartContent content;
    private final Connections target;
    private final int parallel;
    private final boolean strict;
    private final Progress progress;

    /** @param strict whether the first statement that the server refuses ends it; rows are always taken strictly */
    DatabaseRestore(
            BackupManifest manifest,
            PartContent content,
            Connections target,
            int parallel,
            boolean strict,
            Progress progress) {
        this.manifest = manifest;
        this.content = content;
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
        progress.line("Roles and tables are made; loading " + manifest.rows() + " rows");
        List<Workers.Task> tasks = TableRows.tasks(manifest.parts(PartKind.TABLE), content, parallel);
        if (!tasks.isEmpty()) {
            Workers.run(parallel, this::session, tasks);
        }
        try (Connection connection = session()) {
            for (PartKind kind : List.of(PartKind.LARGE_OBJECTS, PartKind.SEQUENCES)) {
                for (BackupPart part : manifest.parts(kind)) {
                    lines(connection, part);
                }
            }
        }
        progress.line("Rows are loaded; making indexes, constraints and triggers");
        refused.addAll(sections(PartKind.POST_DATA));
        return refused;
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
    private void lines(Connection connection, BackupPart part) throws SQLException, IOException, InterruptedException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(content.open(part), StandardCharsets.UTF_8))) {
            StringBuilder script = new StringBuilder();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                script.append(line).append('\n');
                if (script.length() >= SCRIPT_CHARACTERS) {
                    RawScript.run(connection, script.toString());
                    script.setLength(0);
                }
            }
            if (!script.isEmpty()) {
                RawScript.run(connection, script.toString());
            }
        }
    }
}
