package hudson;

import hudson.util.Secret;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

public final class ProxyConfiguration implements Serializable {
    private static final long serialVersionUID = 1L;

    public final String name;
    public final int port;

    private final String noProxyHost;
    private final String userName;
    private final Secret secretPassword;

    public ProxyConfiguration(String name, int port, String userName, String password, String noProxyHost) {
        this.name = Util.fixEmptyAndTrim(name);
        this.port = port;
        this.userName = Util.fixEmptyAndTrim(userName);
        this.secretPassword = password == null ? null : Secret.fromString(password);
        this.noProxyHost = Util.fixEmptyAndTrim(noProxyHost);
    }

    public String getUserName() {
        return userName;
    }

    public Secret getSecretPassword() {
        return secretPassword;
    }

    public List<Pattern> getNoProxyHostPatterns() {
        return noProxyHost == null
                ? List.of()
                : Arrays.stream(noProxyHost.split("[\\s,|]+"))
                        .filter(host -> !host.isEmpty())
                        .map(host -> Pattern.compile(host.replace(".", "\\.").replace("*", ".*")))
                        .toList();
    }
}
