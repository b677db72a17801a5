package io.jenkins.plugins.supabase.config;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** The controller's proxy in the form that an agent can use. */
public final class ControllerProxy {
    private ControllerProxy() {}

    /** @return null for direct connections */
    public static ProxySettings settings() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null || proxy.name == null) {
            return null;
        }
        String password = proxy.getSecretPassword() == null
                ? null
                : proxy.getSecretPassword().getPlainText();
        return new ProxySettings(
                proxy.name,
                proxy.port,
                proxy.getUserName(),
                password == null ? null : new SecretText(password),
                proxy.getNoProxyHostPatterns().stream().map(Pattern::pattern).toList());
    }
}
