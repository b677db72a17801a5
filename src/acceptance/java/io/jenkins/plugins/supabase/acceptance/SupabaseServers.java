package io.jenkins.plugins.supabase.acceptance;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.config.DeployPolicyConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseRoles;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** A PostgreSQL and a stand-in of Supabase for the tests of one class, and a Jenkins configured to use them. */
final class SupabaseServers implements AutoCloseable {
    static final String PROJECT_REF = "abcdefghijklmnopqrst";

    private final LocalPostgres postgres = LocalPostgres.start();
    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInProject project = standIn.createProject(PROJECT_REF);
    private final String database = "staging";

    SupabaseServers() throws Exception {
        postgres.createDatabase(database);
        try (Connection connection = postgres.connect(database)) {
            SupabaseRoles.prepare(connection);
        }
        project.tables().database("jdbc:" + postgres.url(database), LocalPostgres.USER, LocalPostgres.PASSWORD);
    }

    /** Adds the credentials and the environment {@code staging} to the Jenkins that is running. */
    void configureJenkins() throws Exception {
        List<com.cloudbees.plugins.credentials.Credentials> credentials =
                SystemCredentialsProvider.getInstance().getCredentials();
        credentials.clear();
        credentials.add(new StringCredentialsImpl(
                CredentialsScope.GLOBAL, "supabase-token", "", Secret.fromString(standIn.accessToken())));
        credentials.add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, "staging-db", "", LocalPostgres.USER, LocalPostgres.PASSWORD));
        credentials.add(new StringCredentialsImpl(
                CredentialsScope.GLOBAL,
                "staging-secret-key",
                "",
                Secret.fromString(project.keys().secret())));
        for (String id : List.of("turnstile-secret", "smtp-password")) {
            credentials.add(new StringCredentialsImpl(
                    CredentialsScope.GLOBAL, id, "", Secret.fromString("what " + id + " holds")));
        }
        SystemCredentialsProvider.getInstance().save();
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(staging()));
    }

    EnvironmentConfiguration staging() {
        EnvironmentConfiguration environment = new EnvironmentConfiguration("staging");
        environment.setProjectRef(PROJECT_REF);
        environment.setManagementUrl(standIn.managementUrl());
        environment.setProjectUrl(project.url());
        environment.setDatabaseUrl(postgres.url(database));
        environment.setAccessTokenCredentialsId("supabase-token");
        environment.setDatabaseCredentialsId("staging-db");
        environment.setApiKeyCredentialsId("staging-secret-key");
        DeployPolicyConfiguration policy = new DeployPolicyConfiguration();
        policy.setAllowWeaker(List.of("auth.rate_limit.email_sent"));
        environment.setPolicy(policy);
        return environment;
    }

    SupabaseStandIn standIn() {
        return standIn;
    }

    StandInProject project() {
        return project;
    }

    void execute(String sql) throws Exception {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    LocalPostgres postgres() {
        return postgres;
    }

    List<String> query(String sql) throws Exception {
        return query(postgres, database, sql);
    }

    static List<String> query(LocalPostgres postgres, String database, String sql) throws Exception {
        try (Connection connection = postgres.connect(database);
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
        standIn.close();
        postgres.close();
    }
}
