package io.jenkins.plugins.supabase.core.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges addresses to which people are sent after they have signed in. */
final class Addresses {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[^/@]*@)?(\\[[^\\]]*\\]|[^/:?#]*).*");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|0\\.0\\.0\\.0|\\[::1?\\]");

    private Addresses() {}

    /** @return why real users cannot be sent there, as it reads after the address; empty where they can */
    static Optional<String> unfitForProduction(String address) {
        String host = host(address);
        boolean local = host.equals("localhost") || host.endsWith(".localhost") || LOOPBACK.matcher(host).matches();
        if (local) {
            return Optional.of("is the user's own machine");
        }
        return address.toLowerCase(Locale.ROOT).startsWith("http:")
                ? Optional.of("is not https")
                : Optional.empty();
    }

    /** @return why it is not the address of a web site; empty where it is */
    static Optional<String> noWebSite(String address) {
        try {
            URI uri = new URI(address);
            boolean web = uri.getHost() != null && uri.getScheme().matches("(?i)https?");
            return web ? Optional.empty() : Optional.of("is not the address of a web site");
        } catch (URISyntaxException e) {
            return Optional.of("is not an address");
        }
    }

    /** Somebody who owns any name that fits gets the tokens of users. */
    static boolean hasWildcardHost(String address) {
        return host(address).contains("*");
    }

    private static String host(String address) {
        Matcher matcher = HOST.matcher(address);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }
}
