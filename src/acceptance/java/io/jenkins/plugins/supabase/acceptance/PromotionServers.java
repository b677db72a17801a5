package io.jenkins.plugins.supabase.acceptance;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.FolderDestination;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseRoles;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Two environments, {@code staging} and {@code production}, and a folder for releases. */
final class PromotionServers implements AutoCloseable {
    private static final String DATABASE = "production";

    private final SupabaseServers servers = new SupabaseServers();
    private final StandInProject production = servers.standIn().createProject("productionproduction");
    private final Path releases;

    PromotionServers(Path releases) throws Exception {
        this.releases = releases;
        servers.postgres().createDatabase(DATABASE);
        try (Connection connection = servers.postgres().connect(DATABASE)) {
            SupabaseRoles.prepare(connection);
        }
        production
                .tables()
                .database(
                        "jdbc:" + servers.postgres().url(DATABASE), LocalPostgres.USER, LocalPostgres.PASSWORD);
    }

    void configureJenkins() throws Exception {
        servers.configureJenkins();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "production-secret-key",
                        "",
                        Secret.fromString(production.keys().secret())));
        SystemCredentialsProvider.getInstance().save();
        FolderDestination folder = new FolderDestination("releases");
        folder.setPath(releases.toString());
        SupabaseDeliveryConfiguration configuration = SupabaseDeliveryConfiguration.get();
        configuration.setDestinations(List.of(folder));
        configuration.setEnvironments(List.of(servers.staging(), production()));
    }

    EnvironmentConfiguration production() {
        EnvironmentConfiguration environment = new EnvironmentConfiguration("production");
        environment.setProjectRef("productionproduction");
        environment.setManagementUrl(servers.standIn().managementUrl());
        environment.setProjectUrl(production.url());
        environment.setDatabaseUrl(servers.postgres().url(DATABASE));
        environment.setAccessTokenCredentialsId("supabase-token");
        environment.setDatabaseCredentialsId("staging-db");
        environment.setApiKeyCredentialsId("production-secret-key");
        return environment;
    }

    EnvironmentConfiguration staging() {
        return servers.staging();
    }

    StandInProject productionProject() {
        return production;
    }

    Path releases() {
        return releases;
    }

    List<String> staging(String sql) throws Exception {
        return servers.query(sql);
    }

    List<String> production(String sql) throws Exception {
        return SupabaseServers.query(servers.postgres(), DATABASE, sql);
    }

    @Override
    public void close() {
        servers.close();
    }
}
