package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP proxy through which Supabase is reached.
 *
 * @param host        name or address
 * @param port        1 to 65535
 * @param user        null where the proxy asks for none
 * @param password    null where the proxy asks for none
 * @param directHosts regular expressions for whole host names that are reached without the proxy
 */
public record ProxySettings(String host, int port, String user, SecretText password, List<String> directHosts)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ProxySettings {
        directHosts = new ArrayList<>(directHosts);
    }

    public ProxySettings(String host, int port, String user, SecretText password) {
        this(host, port, user, password, List.of());
    }
}
