package io.jenkins.plugins.supabase.local.runner.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import java.util.List;
import org.springframework.security.core.Authentication;

/** Offers the credentials of a configuration file to the plugin, as long as it is open. */
public final class LocalCredentialsProvider extends CredentialsProvider implements AutoCloseable {
    private final List<LocalCredentials> credentials;

    private LocalCredentialsProvider(List<LocalCredentials> credentials) {
        this.credentials = List.copyOf(credentials);
    }

    /** Not an {@code @Extension}: those of src/local would be indexed into the plugin itself. */
    public static LocalCredentialsProvider register(List<LocalCredentials> credentials) {
        LocalCredentialsProvider provider = new LocalCredentialsProvider(credentials);
        ExtensionList.lookup(CredentialsProvider.class).add(provider);
        return provider;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type,
            ItemGroup itemGroup,
            Authentication authentication,
            List<DomainRequirement> domainRequirements) {
        return credentials.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        ExtensionList.lookup(CredentialsProvider.class).remove(this);
    }
}
