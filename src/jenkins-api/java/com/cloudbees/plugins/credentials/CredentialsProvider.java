package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Asks every registered provider; there are no folders, so every run sees the same credentials. */
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {
    public CredentialsProvider() {
        super();
    }

    @Override
    public Descriptor<CredentialsProvider> getDescriptor() {
        return this;
    }

    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type,
            ItemGroup itemGroup,
            Authentication authentication,
            List<DomainRequirement> domainRequirements) {
        return List.of();
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type,
            ItemGroup itemGroup,
            Authentication authentication,
            List<DomainRequirement> domainRequirements) {
        List<C> found = new ArrayList<>();
        for (CredentialsProvider provider : ExtensionList.lookup(CredentialsProvider.class)) {
            found.addAll(
                    provider.getCredentialsInItemGroup(type, itemGroup, authentication, domainRequirements));
        }
        return found;
    }

    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, List<DomainRequirement> domainRequirements) {
        for (C candidate :
                lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2, domainRequirements)) {
            if (candidate.getId().equals(id)) {
                return candidate;
            }
        }
        return null;
    }

    /** Without a controller no page shows where a credential was used. */
    public static <C extends Credentials> C track(Run build, C credentials) {
        return credentials;
    }
}
