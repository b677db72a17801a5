package io.jenkins.plugins.supabase.approval;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.promotion.BallotRules;
import io.jenkins.plugins.supabase.core.promotion.Voter;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Users of Jenkins as a ballot counts them. */
final class Voters {
    private Voters() {}

    /**
     * @throws AccessDeniedException unless the current user is somebody, and may decide on promotions of the job. Where
     *     the gate does not list them, that is not enough
     */
    static void requirePermission(AccessControlled job) {
        job.checkPermission(Permissions.PROMOTE);
        if (!isSomebody(Jenkins.getAuthentication2())) {
            throw new AccessDeniedException("Whoever decides on a promotion must be logged in.");
        }
    }

    /** @return whether it is a user who logged in, rather than nobody or the system */
    static boolean isSomebody(Authentication authentication) {
        return !ACL.isAnonymous2(authentication) && User.get2(authentication) != null;
    }

    /**
     * @param authentication of somebody
     * @param rules          whose spelling of users and groups is taken where the security realm calls it the same
     */
    static Voter of(Authentication authentication, BallotRules rules) {
        User user = User.get2(authentication);
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        Collection<String> names = rules.names();
        Set<String> groups = new TreeSet<>();
        for (GrantedAuthority authority : authentication.getAuthorities()) {
            groups.add(spelled(authority.getAuthority(), names, realm.getGroupIdStrategy()));
        }
        return new Voter(
                spelled(user.getId(), names, realm.getUserIdStrategy()), user.getFullName(), MailAddresses.of(user), groups);
    }

    private static String spelled(String name, Collection<String> asInRules, IdStrategy strategy) {
        return asInRules.stream()
                .map(Voter::withoutPrefix)
                .filter(other -> strategy.equals(other, name))
                .findFirst()
                .orElse(name);
    }
}
