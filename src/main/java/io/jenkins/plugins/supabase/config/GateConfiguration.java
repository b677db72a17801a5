package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import io.jenkins.plugins.supabase.core.promotion.Quorum;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What administrators ask of promotions to one environment. A Jenkinsfile can add to it, never take from it. */
public class GateConfiguration extends GateDemands<GateConfiguration> {
    private static final long serialVersionUID = 1L;

    private boolean allowStarter;
    private boolean allowAuthor;
    private ArrayList<String> sources;
    private ArrayList<BranchConfiguration> branches;
    private ArrayList<FreezeConfiguration> freezes;
    private EmergencyConfiguration emergency;
    private boolean trace;

    @DataBoundConstructor
    public GateConfiguration() {
        super(DescriptorImpl.defaultApprovals);
    }

    @Override
    protected String defaultExpiry() {
        return DescriptorImpl.defaultExpiry;
    }

    public boolean isAllowStarter() {
        return allowStarter;
    }

    @DataBoundSetter
    public void setAllowStarter(boolean allowStarter) {
        this.allowStarter = allowStarter;
    }

    public boolean isAllowAuthor() {
        return allowAuthor;
    }

    @DataBoundSetter
    public void setAllowAuthor(boolean allowAuthor) {
        this.allowAuthor = allowAuthor;
    }

    /** @return names of environments; null for any */
    public List<String> getSources() {
        return sources;
    }

    @DataBoundSetter
    public void setSources(List<String> sources) {
        this.sources = Names.of(sources);
    }

    public String getSourcesText() {
        return Names.text(sources);
    }

    /** @return null for any branch */
    public List<BranchConfiguration> getBranches() {
        return branches;
    }

    @DataBoundSetter
    public void setBranches(List<BranchConfiguration> branches) {
        this.branches = listOrNull(branches);
    }

    /** @return null for none */
    public List<FreezeConfiguration> getFreezes() {
        return freezes;
    }

    @DataBoundSetter
    public void setFreezes(List<FreezeConfiguration> freezes) {
        this.freezes = listOrNull(freezes);
    }

    /** @return null where nothing is an emergency */
    public EmergencyConfiguration getEmergency() {
        return emergency;
    }

    @DataBoundSetter
    public void setEmergency(EmergencyConfiguration emergency) {
        this.emergency = emergency;
    }

    public boolean isTrace() {
        return trace;
    }

    @DataBoundSetter
    public void setTrace(boolean trace) {
        this.trace = trace;
    }

    /** A form without rows and a file without the key mean the same, and are saved alike. */
    private static <E> ArrayList<E> listOrNull(List<E> list) {
        return list == null || list.isEmpty() ? null : new ArrayList<>(list);
    }

    private static <E> List<E> all(List<E> list) {
        return list == null ? List.of() : list;
    }

    @Override
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = super.problems();
        addAll(problems, "branches", all(branches).stream().map(BranchConfiguration::problems).toList());
        addAll(problems, "freezes", all(freezes).stream().map(FreezeConfiguration::problems).toList());
        if (emergency != null) {
            emergency.problems().forEach(problem -> problems.add(
                    new SettingProblem("emergency." + problem.field(), problem.message())));
        }
        return problems;
    }

    private static void addAll(List<SettingProblem> problems, String list, List<List<SettingProblem>> ofEach) {
        for (int i = 0; i < ofEach.size(); i++) {
            for (SettingProblem problem : ofEach.get(i)) {
                problems.add(new SettingProblem(list + "[" + i + "]." + problem.field(), problem.message()));
            }
        }
    }

    /** @throws IllegalArgumentException where there are problems */
    public GateRules toRules() {
        GateRules rules = onTopOf(GateRules.NONE)
                .withAllowStarter(allowStarter)
                .withAllowAuthor(allowAuthor)
                .withSources(orNone(sources))
                .withFreezes(all(freezes).stream().map(FreezeConfiguration::toFreeze).toList())
                .withEmergency(emergency == null ? null : emergency.toRule())
                .withTrace(trace);
        Quorum quorum = rules.quorums().isEmpty() ? Quorum.NONE : rules.quorums().get(0);
        return rules.withBranches(
                all(branches).stream().map(branch -> branch.toRule(quorum)).toList());
    }

    @Extension
    @Symbol("supabaseGate")
    public static class DescriptorImpl extends GateDemandsDescriptor<GateConfiguration> {
        public static final int defaultApprovals = 1;
        public static final String defaultExpiry = "3d";

        @Override
        public String getDisplayName() {
            return "Gate";
        }

        @POST
        public FormValidation doCheckSources(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Permissions.CONFIGURE)) {
                return FormValidation.ok();
            }
            List<String> known = SupabaseDeliveryConfiguration.get().getEnvironments().stream()
                    .map(EnvironmentConfiguration::getName)
                    .toList();
            List<String> typed = Names.of(List.of(value == null ? "" : value));
            for (String name : orNone(typed)) {
                if (!known.contains(name)) {
                    return FormValidation.warning("There is no environment \"" + name + "\" at the moment.");
                }
            }
            return FormValidation.ok();
        }
    }
}
