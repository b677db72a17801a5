package io.jenkins.plugins.supabase.core.management;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;

/** Sends a client's calls through a proxy, but for the hosts that are reached directly. */
public final class ProxyRoute extends ProxySelector {
    private final Proxy proxy;
    private final List<Pattern> directHosts;

    private ProxyRoute(ProxySettings settings) {
        proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(settings.host(), settings.port()));
        directHosts = settings.directHosts().stream()
                .map(host -> Pattern.compile(host, Pattern.CASE_INSENSITIVE))
                .toList();
    }

    /** @return the way of each address; asks for no user name */
    public static ProxySelector selector(ProxySettings settings) {
        return new ProxyRoute(settings);
    }

    /** @param settings null for direct connections */
    public static void use(ProxySettings settings, OkHttpClient.Builder builder) {
        if (settings == null) {
            return;
        }
        builder.proxySelector(new ProxyRoute(settings));
        if (settings.user() == null || settings.user().isEmpty()) {
            return;
        }
        builder.proxyAuthenticator((route, response) -> {
            // OkHttp asks once before the first request, with this challenge; later asks mean a refusal.
            boolean refused = response.request().header("Proxy-Authorization") != null;
            String password = settings.password() == null ? "" : settings.password().reveal();
            return refused
                    ? null
                    : response.request()
                            .newBuilder()
                            .header("Proxy-Authorization", Credentials.basic(settings.user(), password))
                            .build();
        });
    }

    @Override
    public List<Proxy> select(URI uri) {
        boolean direct = directHosts.stream().anyMatch(host -> host.matcher(uri.getHost()).matches());
        return List.of(direct ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The call itself fails and says so.
    }
}
