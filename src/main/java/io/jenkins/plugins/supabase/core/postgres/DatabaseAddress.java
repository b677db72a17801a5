package io.jenkins.plugins.supabase.core.postgres;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where an environment's database is.
 *
 * @param host     name or address, an IPv6 address without brackets
 * @param port     5432 unless the URL says otherwise
 * @param database {@code postgres} unless the URL says otherwise
 */
record DatabaseAddress(String host, int port, String database, String jdbcUrl) {
    private static final Pattern CREDENTIAL_PARAMETER = Pattern.compile("(?i)&(user|password)=");
    private static final int DEFAULT_PORT = 5432;
    private static final String DEFAULT_DATABASE = "postgres";

    static DatabaseAddress of(Environment environment) {
        URI uri = parse(environment);
        boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!postgres || uri.getHost() == null) {
            throw refused(environment, "it has no host, or another scheme");
        }
        if (uri.getRawUserInfo() != null || CREDENTIAL_PARAMETER.matcher("&" + uri.getRawQuery()).find()) {
            throw refused(environment, "it contains a user or password, which belong into databaseCredentialsId");
        }
        String host = uri.getHost();
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        boolean named = uri.getRawPath() != null && uri.getRawPath().length() > 1;
        String path = named ? uri.getRawPath().substring(1) : DEFAULT_DATABASE;
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String database = named ? uri.getPath().substring(1) : DEFAULT_DATABASE;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new DatabaseAddress(bare, port, database, "jdbc:postgresql://" + host + ":" + port + "/" + path + query);
    }

    private static URI parse(Environment environment) {
        String url = environment.databaseUrl();
        if (url == null || url.isBlank()) {
            throw new DeliveryException("Environment '" + environment.name() + "' has no databaseUrl, so that nothing was"
                    + " changed. Set it in Jenkins' configuration, such as"
                    + " postgresql://db.<project-ref>.supabase.co:5432/postgres?sslmode=require.");
        }
        try {
            return new URI(url.trim());
        } catch (URISyntaxException e) {
            throw refused(environment, "it does not parse: " + e.getReason());
        }
    }

    /** The URL itself is not repeated, as somebody may have written a password into it. */
    private static DeliveryException refused(Environment environment, String why) {
        return new DeliveryException("The databaseUrl of environment '" + environment.name() + "' cannot be used: " + why
                + ". Nothing was contacted or changed. Write it as postgresql://host:port/database?sslmode=require.");
    }

    @Override
    public String toString() {
        return "database '" + database + "' at " + host + ":" + port;
    }
}
