package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/** What the fields of the administrators' forms answer; whoever may not configure environments learns nothing from them. */
public final class AdministratorForm {
    private AdministratorForm() {}

    /** @param problems looked for only for those who may configure environments; those of other fields are shown there */
    public static FormValidation check(String field, Supplier<List<SettingProblem>> problems) {
        if (!Jenkins.get().hasPermission(Permissions.CONFIGURE)) {
            return FormValidation.ok();
        }
        for (SettingProblem problem : problems.get()) {
            if (problem.field().equals(field)) {
                return FormValidation.error(problem.message());
            }
        }
        return FormValidation.ok();
    }

    /** @param current stays selectable, also when it is not there at the moment */
    public static ListBoxModel credentials(Class<? extends StandardCredentials> kind, String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Permissions.CONFIGURE)) {
            return items.includeCurrentValue(current);
        }
        return items.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), kind, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(current);
    }
}
