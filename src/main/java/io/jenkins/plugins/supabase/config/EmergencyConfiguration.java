package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.promotion.Condition;
import io.jenkins.plugins.supabase.core.promotion.EmergencyRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What an emergency goes past, for those who have the permission. */
public class EmergencyConfiguration extends AbstractDescribableImpl<EmergencyConfiguration> implements Serializable {
    private static final long serialVersionUID = 1L;

    private ArrayList<String> overrides;
    private int approvals = DescriptorImpl.defaultApprovals;

    @DataBoundConstructor
    public EmergencyConfiguration() {
        // Soak and freeze, with one approval, unless it says otherwise.
    }

    private static ArrayList<String> words(Set<Condition> conditions) {
        return conditions.stream().map(Condition::word).collect(Collectors.toCollection(ArrayList::new));
    }

    /** @return words of conditions, such as {@code soak} */
    public List<String> getOverrides() {
        return overrides == null ? words(EmergencyRule.DEFAULT.overrides()) : overrides;
    }

    @DataBoundSetter
    public void setOverrides(List<String> overrides) {
        ArrayList<String> named = Names.of(overrides);
        this.overrides = named == null || named.isEmpty() ? null : named;
    }

    public String getOverridesText() {
        return Names.text(getOverrides());
    }

    /** @return how many are needed at most */
    public int getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public void setApprovals(int approvals) {
        this.approvals = approvals;
    }

    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        List<String> known = words(EmergencyRule.overridable());
        for (String word : getOverrides()) {
            if (!known.contains(word)) {
                problems.add(new SettingProblem("overrides", "\"" + word + "\" is nothing that an emergency can go past."
                        + " Write some of " + String.join(", ", known) + "." + NearestName.hint(word, known)));
            }
        }
        if (approvals < 0) {
            problems.add(new SettingProblem("approvals", approvals + " is no number of people. Write 0 or more."));
        }
        return problems;
    }

    EmergencyRule toRule() {
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        getOverrides().forEach(word -> conditions.add(Condition.valueOf(word.toUpperCase(Locale.ROOT))));
        return new EmergencyRule(conditions, approvals);
    }

    @Extension
    @Symbol("supabaseEmergency")
    public static class DescriptorImpl extends Descriptor<EmergencyConfiguration> {
        public static final int defaultApprovals = 1;

        @Override
        public String getDisplayName() {
            return "Emergencies";
        }

        @POST
        public FormValidation doCheckOverrides(@QueryParameter String value) {
            EmergencyConfiguration typed = new EmergencyConfiguration();
            typed.setOverrides(value == null ? null : List.of(value));
            return AdministratorForm.check("overrides", typed::problems);
        }
    }
}
