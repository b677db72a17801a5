package io.jenkins.plugins.supabase.notice;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** How people are told of promotions that wait for them, on this controller. */
@Extension
@Symbol("supabaseGateNotices")
public class GateNoticesConfiguration extends GlobalConfiguration {
    private volatile List<GateNotifier> notifiers = List.of();

    public GateNoticesConfiguration() {
        load();
    }

    static GateNoticesConfiguration get() {
        return ExtensionList.lookupSingleton(GateNoticesConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Supabase Delivery: notices about gates";
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return Permissions.CONFIGURE;
    }

    /** @return in the order in which they are told */
    public List<GateNotifier> getNotifiers() {
        return notifiers;
    }

    /**
     * Replaces all, or none.
     *
     * @throws IllegalArgumentException naming the first that cannot be used and why; the configuration is then unchanged
     */
    @DataBoundSetter
    public void setNotifiers(List<GateNotifier> notifiers) {
        List<GateNotifier> usable = notifiers == null ? List.of() : List.copyOf(notifiers);
        for (GateNotifier notifier : usable) {
            for (SettingProblem problem : notifier.problems()) {
                throw new IllegalArgumentException("The notifier \"" + notifier.getDescriptor().getDisplayName()
                        + "\" is not usable: " + problem.describe());
            }
        }
        this.notifiers = usable;
        save();
    }

    /** The form sends no key at all when the last entry was removed, so the list is read by hand. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            setNotifiers(req.bindJSONToList(GateNotifier.class, json.opt("notifiers")));
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "notifiers");
        }
        return true;
    }
}
