package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.postgres.RawScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements of one line each, as parts have them that are too long for one text. */
final class SqlLines {
    private static final int SCRIPT_CHARACTERS = 1 << 20;

    private SqlLines() {}

    /** @param lines are closed */
    static void run(Connection connection, InputStream lines) throws SQLException, IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
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
