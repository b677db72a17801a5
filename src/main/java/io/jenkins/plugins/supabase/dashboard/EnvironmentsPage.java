package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.model.RootAction;
import hudson.security.AccessControlled;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.pages.WaitingGates;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The page of all environments: {@code <Jenkins>/supabase-environments}. */
@Extension
public final class EnvironmentsPage extends EnvironmentsBoard implements RootAction {
    @Override
    AccessControlled place() {
        return Jenkins.get();
    }

    @Override
    String address() {
        return "";
    }

    /** @return how many promotions wait for the one who looks; null for none */
    @Override
    public Badge getBadge() {
        if (!Permissions.mayView(place())) {
            return null;
        }
        Authentication user = Jenkins.getAuthentication2();
        int waiting = (int) WaitingGates.all().stream()
                .filter(gate -> gate.mayDecide(user))
                .count();
        return waiting == 0
                ? null
                : new Badge(
                        String.valueOf(waiting), Count.of(waiting, "approval") + " waiting for you", Badge.Severity.WARNING);
    }
}
