package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;

/**
 * The HTTP proxy through which the Management API is reached.
 *
 * @param host     name or address
 * @param port     1 to 65535
 * @param user     null where the proxy asks for none
 * @param password null where the proxy asks for none
 */
public record ProxySettings(String host, int port, String user, SecretText password) implements Serializable {
    private static final long serialVersionUID = 1L;
}
