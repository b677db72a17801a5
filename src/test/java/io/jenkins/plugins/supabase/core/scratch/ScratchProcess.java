package io.jenkins.plugins.supabase.core.scratch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

/** A process that starts a server, prints its folder, and waits to be killed. */
final class ScratchProcess {
    private ScratchProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (ScratchServer server = ScratchServers.onThisMachine().open(13, "postgres");
                Connection connection = server.connect(null);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            System.out.println(row.getString(1).replaceFirst("/data$", ""));
            Thread.sleep(600_000);
        }
    }
}
