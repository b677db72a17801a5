package io.jenkins.plugins.supabase.core.environment;

import java.net.URI;
import java.net.URISyntaxException;

/** Tokens and keys travel to this address, so it is https, unless it never leaves the machine. */
public final class HttpUrlRule {
    private HttpUrlRule() {}

    /** @return a sentence with the way out, or null when the address can be used */
    public static String problem(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return "\"" + url + "\" is not an address: " + e.getReason() + ".";
        }
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            return "\"" + url + "\" is not an address of the form https://host.";
        }
        if (uri.getRawUserInfo() != null) {
            return "The address must not contain a user name or a password: use a credential.";
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "\"" + url + "\" must end with its path: query and fragment have no meaning here.";
        }
        if ("http".equals(uri.getScheme()) && !EnvironmentSettings.isLoopback(uri.getHost())) {
            return "\"" + url + "\" would send tokens and keys unencrypted: use https. Plain http is accepted for"
                    + " localhost only.";
        }
        return null;
    }

    /** @return whether what is sent to that host never leaves the machine */
    public static boolean isLoopback(String host) {
        return EnvironmentSettings.isLoopback(host);
    }
}
