package io.jenkins.plugins.supabase.core.postgres;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An environment's database in the variables that PostgreSQL's own client programs read, so that no password is among
 * their arguments. Fact: PostgreSQL's manual, "libpq: Environment Variables".
 */
public final class LibpqEnvironment {
    /** Parameters of {@code databaseUrl} that pgjdbc and libpq know by one name and one set of values. */
    private static final Map<String, String> SHARED = Map.of("sslmode", "PGSSLMODE", "sslrootcert", "PGSSLROOTCERT");

    private static final String CONNECT_SECONDS = "10";

    private LibpqEnvironment() {}

    /** @throws io.jenkins.plugins.supabase.core.operation.DeliveryException when the address cannot be used */
    public static Map<String, String> of(Environment environment, Access access) {
        DatabaseAddress address = DatabaseAddress.of(environment);
        Map<String, String> variables = new TreeMap<>();
        variables.put("PGHOST", address.host());
        variables.put("PGPORT", String.valueOf(address.port()));
        variables.put("PGDATABASE", address.database());
        variables.put("PGUSER", access.databaseUser());
        variables.put("PGPASSWORD", access.databasePassword().reveal());
        variables.put("PGAPPNAME", Database.APPLICATION_NAME);
        variables.put("PGCONNECT_TIMEOUT", CONNECT_SECONDS);
        String query = URI.create(environment.databaseUrl().trim()).getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            String variable = SHARED.get(pair[0]);
            if (variable != null && pair.length == 2) {
                variables.put(variable, URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        return variables;
    }
}
