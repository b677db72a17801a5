package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;

/** The name of a database in an environment's URL, and other databases of the same server. */
final class ServerDatabase {
    /** Every server has it; who is connected to it can make, rename and drop others. */
    static final String MAINTENANCE = "postgres";

    private final Environment environment;
    private final Access access;

    ServerDatabase(Environment environment, Access access) {
        this.environment = environment;
        this.access = access;
    }

    String name() {
        String path = uri().getRawPath();
        return URLDecoder.decode(path.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private URI uri() {
        return URI.create(environment.databaseUrl().trim());
    }

    /** @return the environment with another database of its server */
    Environment other(String database) {
        URI uri = uri();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return new Environment(environment.name(), null, null, null,
                uri.getScheme() + "://" + uri.getRawAuthority() + "/" + path + query);
    }

    /** @return the caller's to close */
    Connection open() throws InterruptedException {
        return Database.open(environment, access);
    }

    /** @return a connection to the server that is to none of the application's databases; the caller's to close */
    Connection openMaintenance() throws InterruptedException {
        return Database.open(other(MAINTENANCE), access);
    }
}
