package io.jenkins.plugins.supabase.local.demo;

import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseRoles;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A Supabase project that exists as long as the demo runs: a real PostgreSQL 15 and a stand-in for the rest. */
final class DemoProject implements AutoCloseable {
    private static final String REF = "demodemodemodemodemo";
    private static final String DATABASE = "demo";

    private final LocalPostgres postgres;
    private final SupabaseStandIn supabase;
    private final StandInProject project;
    /** Nobody asks for a captcha and nobody sends a mail here; but new values would be deployed each time. */
    private final String captchaSecret = UUID.randomUUID().toString();

    private final String mailPassword = UUID.randomUUID().toString();

    private DemoProject(LocalPostgres postgres, SupabaseStandIn supabase) {
        this.postgres = postgres;
        this.supabase = supabase;
        this.project = supabase.createProject(REF);
    }

    static DemoProject start() throws SQLException {
        DemoProject demo = new DemoProject(LocalPostgres.start(), SupabaseStandIn.start());
        demo.postgres.createDatabase(DATABASE);
        try (Connection connection = demo.postgres.connect(DATABASE)) {
            SupabaseRoles.prepare(connection);
        }
        demo.project
                .tables()
                .database("jdbc:" + demo.postgres.url(DATABASE), LocalPostgres.USER, LocalPostgres.PASSWORD);
        return demo;
    }

    /** @return {@link #variables()}, beside those of this process */
    Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(variables());
        return variables;
    }

    /** @return the variables that the example's jenkins.yaml refers to */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("STAGING_PROJECT_REF", REF);
        variables.put("STAGING_MANAGEMENT_URL", supabase.managementUrl());
        variables.put("STAGING_PROJECT_URL", project.url());
        variables.put("STAGING_DATABASE_URL", postgres.url(DATABASE));
        variables.put("STAGING_DB_USER", LocalPostgres.USER);
        variables.put("STAGING_DB_PASSWORD", LocalPostgres.PASSWORD);
        variables.put("STAGING_SECRET_KEY", project.keys().secret());
        variables.put("SUPABASE_ACCESS_TOKEN", supabase.accessToken());
        variables.put("TURNSTILE_SECRET", captchaSecret);
        variables.put("SMTP_PASSWORD", mailPassword);
        return variables;
    }

    String describe() throws SQLException {
        return "PostgreSQL " + query("show server_version").get(0) + " at " + postgres.url(DATABASE)
                + ", Management API at " + supabase.managementUrl() + ", the project's endpoints at " + project.url();
    }

    /** @return versions in the history table of the Supabase CLI, sorted */
    List<String> appliedMigrations() throws SQLException {
        if (query("select to_regclass('supabase_migrations.schema_migrations')").get(0) == null) {
            return List.of();
        }
        return query("select version from supabase_migrations.schema_migrations order by version");
    }

    Optional<StandInFunction> function(String slug) {
        return project.functions().live(slug);
    }

    /** @return requests that changed something, since {@link #forgetRequests()} */
    List<String> changingRequests() {
        return supabase.requests().entries().stream()
                .filter(request -> request.path().startsWith("/v1/"))
                .filter(request -> !request.method().equals("GET"))
                .map(request -> request.line())
                .toList();
    }

    void forgetRequests() {
        supabase.requests().clear();
    }

    List<String> query(String sql) throws SQLException {
        try (Connection connection = postgres.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() {
        supabase.close();
        postgres.close();
    }
}
