package io.jenkins.plugins.supabase.core.environment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A database address must keep a session across statements: migrations hold a lock and a transaction in it. */
final class DatabaseUrlRule {
    /** Supabase's poolers (Supavisor and the dedicated PgBouncer) serve transaction mode on this port. */
    private static final int TRANSACTION_POOLER_PORT = 6543;

    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(^|&)(user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

    private DatabaseUrlRule() {}

    /**
     * @param credential the setting that names the credential with user name and password
     * @return a sentence with the way out, or null when the address can be used
     */
    static String problem(String url, String credential) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            // The text may hold a password, so it is not repeated.
            return "The address is not of the form postgresql://host:5432/database?sslmode=require (position "
                    + e.getIndex() + ").";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getRawUserInfo() != null || hasSecretParameter(uri)) {
            return "The address must not contain a user name or a password: put them into a credential of kind"
                    + " \"Username with password\" and name it in " + credential + ".";
        }
        if (!(scheme.equals("postgresql") || scheme.equals("postgres")) || uri.getHost() == null) {
            return "\"" + url + "\" is not an address of the form postgresql://host:5432/database?sslmode=require.";
        }
        if (uri.getPort() == TRANSACTION_POOLER_PORT) {
            return "Port 6543 is a pooler in transaction mode, which changes the session between two transactions;"
                    + " migrations need one session for their lock. Use port 5432: the direct host"
                    + " db.<project>.supabase.co or, where only IPv4 is available, the session pooler.";
        }
        if (uri.getPath() == null || uri.getPath().length() < 2) {
            return "\"" + url + "\" names no database: add one to the end, usually /postgres.";
        }
        return null;
    }

    private static boolean hasSecretParameter(URI uri) {
        return uri.getRawQuery() != null
                && SECRET_PARAMETER.matcher(uri.getRawQuery()).find();
    }
}
