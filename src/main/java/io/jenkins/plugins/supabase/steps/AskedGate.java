package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.supabase.config.GateDemands;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import org.kohsuke.stapler.DataBoundConstructor;

/** What a Jenkinsfile asks on top of the administrators' gate: {@code gate: [approvals: 2, soak: '24h']}. */
public class AskedGate extends GateDemands<AskedGate> {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public AskedGate() {
        super(0);
    }

    /** The gate's own. */
    @Override
    protected String defaultExpiry() {
        return null;
    }

    /**
     * @return as the core takes it together with the administrators' rules
     * @throws AbortException naming the first that is not what it must be
     */
    GateRules toRules() throws AbortException {
        for (SettingProblem problem : problems()) {
            throw new AbortException(PromoteEnvironmentStep.FUNCTION + " was given a gate that it cannot use: "
                    + problem.describe() + " Nothing was done.");
        }
        return onTopOf(GateRules.NONE);
    }

    @Extension
    public static class DescriptorImpl extends GateDemandsDescriptor<AskedGate> {
        @Override
        public String getDisplayName() {
            return "Asked on top of the gate";
        }
    }
}
