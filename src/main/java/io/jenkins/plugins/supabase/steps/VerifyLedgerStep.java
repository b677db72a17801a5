package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.ledger.AuditHead;
import io.jenkins.plugins.supabase.core.ledger.LedgerVerifier;
import io.jenkins.plugins.supabase.core.ledger.Verification;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code verifyLedger environment: 'production'}: whether an environment's ledger is as the plugin wrote it. */
public class VerifyLedgerStep extends Step {
    private static final String FUNCTION = "verifyLedger";
    private static final Pattern HEAD = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    private final String environment;
    private String head;
    private boolean unstableOnly;

    @DataBoundConstructor
    public VerifyLedgerStep(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public String getEnvironment() {
        return environment;
    }

    /** @return {@code head} of an earlier result, kept outside of the database; null for none */
    public String getHead() {
        return head;
    }

    @DataBoundSetter
    public void setHead(String head) {
        this.head = Util.fixEmptyAndTrim(head);
    }

    public boolean isUnstableOnly() {
        return unstableOnly;
    }

    @DataBoundSetter
    public void setUnstableOnly(boolean unstableOnly) {
        this.unstableOnly = unstableOnly;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, environment);
        if (head != null && !HEAD.matcher(head).matches()) {
            throw new AbortException("verifyLedger was given head: '" + head + "'. Nothing was done. Give what an earlier"
                    + " verifyLedger returned as head: the number of an event, a colon and its hash.");
        }
        return new Execution(this, context);
    }

    static final class Execution extends AgentOperationExecution {
        private static final long serialVersionUID = 1L;

        private final String environment;
        private final String head;
        private final boolean unstableOnly;

        Execution(VerifyLedgerStep step, StepContext context) {
            super(context);
            this.environment = step.environment;
            this.head = step.head;
            this.unstableOnly = step.unstableOnly;
        }

        @Override
        String environmentName() {
            return environment;
        }

        @Override
        String step() {
            return FUNCTION;
        }

        @Override
        boolean needsWorkspace() {
            return false;
        }

        @Override
        Permission[] permissions() {
            return Permissions.seeing();
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            return new VerifyCallable(
                    operationId(),
                    getContext().get(TaskListener.class),
                    configuration.toEnvironment(),
                    access,
                    head);
        }

        @Override
        void completed(Serializable result) throws Exception {
            Verified verified = (Verified) result;
            if (!verified.problems().isEmpty()) {
                String why = "The ledger of \"" + environment + "\" is not as it was written: "
                        + String.join("; ", verified.problems())
                        + ". Nothing was changed. Find out who may write its schema, and compare it with a backup.";
                if (!unstableOnly) {
                    throw new AbortException(why);
                }
                markUnstable(why);
            }
            HashMap<String, Object> map = new LinkedHashMap<>();
            map.put("environment", environment);
            map.put("intact", verified.problems().isEmpty());
            map.put("events", verified.events());
            map.put("head", verified.head());
            map.put("problems", new ArrayList<>(verified.problems()));
            getContext().onSuccess(map);
        }

        @Override
        public String getStatus() {
            return "verifying the ledger of " + environment;
        }
    }

    /** @param head number and hash of the last event */
    private record Verified(long events, String head, ArrayList<String> problems) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final class VerifyCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final Environment environment;
        private final Access access;
        private final String head;

        VerifyCallable(
                String operationId, TaskListener listener, Environment environment, Access access, String head) {
            super(operationId, listener);
            this.environment = environment;
            this.access = access;
            this.head = head;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            if (access.databasePassword() == null) {
                throw new DeliveryException("The environment \"" + environment.name() + "\" has no databaseCredentialsId, so"
                        + " its ledger cannot be read. Nothing was done. Let an administrator set it.");
            }
            try (Connection connection = Database.open(environment, access)) {
                Verification found = LedgerVerifier.verify(connection, kept());
                List<String> problems =
                        found.problems().stream().map(Object::toString).toList();
                progress.line("The ledger of " + environment.name() + " has " + found.events() + " events, the last is "
                        + found.head().seq() + ":" + found.head().hash() + ". "
                        + (found.intact() ? "It is intact." : Count.of(problems.size(), "problem") + ":"));
                problems.forEach(progress::line);
                return new Verified(
                        found.events(), found.head().seq() + ":" + found.head().hash(), new ArrayList<>(problems));
            } catch (SQLException e) {
                throw new DeliveryException("The connection to the database of \"" + environment.name() + "\" did not end"
                        + " cleanly (" + e.getMessage() + "). Nothing was changed. Verify again.", e);
            }
        }

        private AuditHead kept() {
            if (head == null) {
                return null;
            }
            int colon = head.indexOf(':');
            return new AuditHead(Long.parseLong(head.substring(0, colon)), head.substring(colon + 1));
        }
    }

    @Extension
    public static class DescriptorImpl extends EnvironmentStepDescriptor {
        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Verify the ledger of a Supabase environment";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public FormValidation doCheckHead(@QueryParameter String value) {
            String head = Util.fixEmptyAndTrim(value);
            return head == null || HEAD.matcher(head).matches()
                    ? FormValidation.ok()
                    : FormValidation.error("The number of an event, a colon and its hash of 64 hex digits.");
        }
    }
}
