package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.health.Pacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** When an environment counts as healthy, in an administrator's words: what a deployment must leave behind. */
public class HealthRules extends AbstractDescribableImpl<HealthRules> {
    private String table;
    private String rpc;
    private ArrayList<String> functions;
    private ArrayList<String> services;
    private int timeout = DescriptorImpl.defaultTimeout;

    @DataBoundConstructor
    public HealthRules() {}

    /** @return the request with these rules in place of its own */
    public HealthRequest applyTo(HealthRequest request) {
        HealthRequest ruled = request.withTable(table)
                .withRpc(rpc)
                .withPacing(Pacing.DEFAULT.withTimeout(Duration.ofSeconds(timeout)));
        if (functions != null) {
            ruled = ruled.withFunctions(functions);
        }
        return services == null ? ruled : ruled.withServices(services);
    }

    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        if (services != null) {
            services.stream()
                    .filter(service -> !HealthRequest.SERVICES.contains(service))
                    .findFirst()
                    .ifPresent(service -> problems.add(new SettingProblem(
                            "services",
                            "\"" + service + "\" is no service that the Management API reports on; it knows "
                                    + String.join(", ", HealthRequest.SERVICES) + ".")));
        }
        if (timeout < 1) {
            problems.add(new SettingProblem("timeout", "It must be at least 1 second, but is " + timeout + "."));
        }
        return problems;
    }

    public String getTable() {
        return table;
    }

    @DataBoundSetter
    public void setTable(String table) {
        this.table = Util.fixEmptyAndTrim(table);
    }

    public String getRpc() {
        return rpc;
    }

    @DataBoundSetter
    public void setRpc(String rpc) {
        this.rpc = Util.fixEmptyAndTrim(rpc);
    }

    /** @return null for those of the release, or of the folder that a check is given */
    public List<String> getFunctions() {
        return functions;
    }

    @DataBoundSetter
    public void setFunctions(List<String> functions) {
        this.functions = Names.of(functions);
    }

    public String getFunctionsText() {
        return Names.text(functions);
    }

    /** @return null for all that the Management API knows */
    public List<String> getServices() {
        return services;
    }

    @DataBoundSetter
    public void setServices(List<String> services) {
        this.services = Names.of(services);
    }

    /** @return seconds, after which what is still unhealthy counts as unhealthy */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Extension
    @Symbol("supabaseHealthRules")
    public static class DescriptorImpl extends Descriptor<HealthRules> {
        public static final int defaultTimeout = 120;

        @Override
        public String getDisplayName() {
            return "Health rules";
        }

        public List<String> getKnownServices() {
            return HealthRequest.SERVICES;
        }

        @POST
        public FormValidation doCheckTimeout(@QueryParameter int value) {
            HealthRules typed = new HealthRules();
            typed.setTimeout(value);
            return AdministratorForm.check("timeout", typed::problems);
        }
    }
}
