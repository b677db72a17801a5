package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.ledger.LedgerVerifier;
import io.jenkins.plugins.supabase.local.standin.RequestLog;
import io.jenkins.plugins.supabase.testing.GeneratedProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** An environment with the first release of a generated project, for which the second is about to be deployed. */
final class KillFixture implements AutoCloseable {
    private static final int MIGRATIONS = 6;
    private static final int FUNCTIONS = 4;
    private static final String ILL = "f1";

    private final DeployFixture app;

    KillFixture(Path folder) throws Exception {
        Path workspace = Files.createDirectories(folder);
        app = new DeployFixture(workspace);
        GeneratedProject project = GeneratedProject.write(workspace.resolve("app"), MIGRATIONS, FUNCTIONS);
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        project.change(MIGRATIONS, FUNCTIONS);
        app.standIn.requests().clear();
    }

    /** @return whether the log says that a deployment has begun with its first step */
    static boolean begins(String line) {
        return line.startsWith("preflight: ");
    }

    KilledProcess start(boolean askHealth) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DeployProcess.class.getName(),
                DeployFixture.REF,
                app.standIn.managementUrl(),
                app.project.url(),
                app.database.url(),
                app.workspace.resolve("app/supabase").toString(),
                app.standIn.accessToken(),
                app.project.keys().secret()));
        if (askHealth) {
            command.add("healthy");
        }
        return new KilledProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** @param ill whether a function fails from now on, whatever release it is of */
    void ill(boolean ill) {
        app.project.functions().bootError(ILL, ill);
    }

    DeployResult deploy(boolean askHealth) throws Exception {
        app.healthy = askHealth;
        return app.deploy();
    }

    RequestLog requests() {
        return app.standIn.requests();
    }

    int answers() {
        return requests().entries().size();
    }

    EnvironmentImage image() throws Exception {
        return EnvironmentImage.of(app);
    }

    List<String> query(String sql) throws SQLException {
        return app.database.query(sql);
    }

    boolean isOpenInTheLedger() throws SQLException {
        return query("select state from supabase_delivery.deployments order by id").contains("RUNNING");
    }

    void checkLedger(String kill) throws SQLException {
        try (Connection connection = app.database.connect()) {
            assertThat(LedgerVerifier.verify(connection, null).problems()).as(kill).isEmpty();
        }
        assertThat(query("select state from supabase_delivery.deployments_current"))
                .as(kill)
                .doesNotContain("RUNNING");
    }

    @Override
    public void close() {
        app.close();
    }
}
