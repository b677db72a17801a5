package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.approval.Approval;
import io.jenkins.plugins.supabase.approval.ApprovalListener;
import io.jenkins.plugins.supabase.approval.ApprovalStatus;
import io.jenkins.plugins.supabase.approval.Approvals;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.deploy.ReleaseSource;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.promotion.ApprovalDesk;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import java.io.IOException;
import java.io.Serializable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;

/**
 * Plans, waits for people, and carries out what they approved; plans and asks anew as often as the ground moves. While it
 * waits, nothing but the files of {@link Approval} holds what is decided: no executor, no thread, no call to an agent.
 */
final class PromoteEnvironmentExecution extends PlanningExecution implements ApprovalListener, InputAnswer.Asker {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(PromoteEnvironmentExecution.class.getName());

    private enum Phase {
        PLANNING,
        WAITING,
        APPLYING
    }

    private final String from;
    private final ApplyArguments applying;
    private final AskedGate asked;
    private final String emergency;
    private boolean onAgent;
    private volatile Phase phase = Phase.PLANNING;
    private final PromotionDeployment deploying = new PromotionDeployment();
    private final PromotionPause pause;

    PromoteEnvironmentExecution(PromoteEnvironmentStep step, StepContext context) throws AbortException {
        super(step, context);
        this.from = step.getFrom();
        this.applying = step.applying();
        this.asked = step.getGate();
        this.emergency = step.isEmergency() ? step.getReason() : null;
        this.pause = new PromotionPause(context, step.getTo(), step.approvalWay());
    }

    @Override
    public boolean start() throws Exception {
        onAgent = getContext().get(FilePath.class) != null;
        if (emergency != null) {
            BuildPermission.requireOfStarter(getContext(), Permissions.EMERGENCY_PROMOTE);
        }
        pause.requireFit(askedRules(), emergency != null);
        return super.start();
    }

    private GateRules askedRules() throws AbortException {
        return asked == null ? GateRules.NONE : asked.toRules();
    }

    /** Outside of a node the controller itself asks both environments, so that no executor is held for it. */
    @Override
    boolean needsWorkspace() {
        return onAgent;
    }

    @Override
    Permission[] permissions() {
        return new Permission[] {Permissions.PROMOTE};
    }

    @Override
    OperationCallable nextCall(EnvironmentConfiguration to, Access access) throws Exception {
        PromotionRequest request = promotion(to, access);
        TaskListener listener = getContext().get(TaskListener.class);
        ApprovalDesk desk = getContext().get(ApprovalDesk.class);
        if (desk != null) {
            CredentialLookup lookup = lookup();
            return new AttendedPromotionCallable(
                    operationId(), listener, request, planned -> applying(request, planned, lookup), desk);
        }
        if (phase != Phase.APPLYING) {
            return new PlanPromotionCallable(operationId(), listener, request);
        }
        Approval approval = approval();
        PlannedPromotion planned = approval.planned();
        return new ApplyPromotionCallable(
                operationId(),
                listener,
                applying(request, planned, lookup()),
                planned,
                approval.ballot());
    }

    private PromotionRequest promotion(EnvironmentConfiguration to, Access access) throws Exception {
        EnvironmentConfiguration source = SupabaseDeliveryConfiguration.get().environment(from);
        Access sourceAccess = new EnvironmentCredentials(source, credentials()).resolve();
        DeployRequest deployment = request(to, access, ReleaseSource.published(null), applying.options(
                        PromoteEnvironmentStep.FUNCTION))
                .withHealth(applying.verify ? StepArguments.health(to, access) : null);
        return new PromotionRequest(
                source.toEnvironment(),
                sourceAccess,
                StepArguments.health(source, sourceAccess),
                deployment,
                to.gateRules(),
                askedRules(),
                BuildOrigin.starters(getContext().get(Run.class)),
                emergency);
    }

    private static PromotionRequest applying(
            PromotionRequest request, PlannedPromotion planned, CredentialLookup lookup) {
        return request.withDeployment(ableToGoBack(request.deployment(), planned.deployment(), lookup));
    }

    @Override
    void completed(Serializable result) throws Exception {
        if (result instanceof PlannedPromotion planned) {
            ask(planned);
        } else {
            finish((PromotionResult) result);
        }
    }

    private void ask(PlannedPromotion planned) throws Exception {
        pause.requireFit(planned);
        Run<?, ?> run = getContext().get(Run.class);
        new BuildRecords(run).keepPlan(operationId(), environmentName(), planned.planJson());
        Approval approval = Approvals.open(run, planned);
        String page = link(approval);
        if (approval.status() == ApprovalStatus.REFUSED) {
            tell("The gate and the plan: " + page);
            getContext().onFailure(new AbortException(planned.refusal()));
        } else if (approval.status() == ApprovalStatus.APPROVED) {
            tell("Nobody needs to approve. The gate and the plan: " + page);
            apply();
        } else {
            tell("Waiting for " + String.join(" and ", approval.ballot().missing()) + ". Decide here: " + page);
            if (onAgent) {
                tell("NOTE: This step is inside of node or agent, so that an executor is held while it waits. Outside of it,"
                        + " none is.");
            }
            await(approval);
        }
    }

    private static String link(Approval approval) {
        return HyperlinkNote.encodeTo("/" + approval.url(), approval.page().getDisplayName());
    }

    private void await(Approval approval) throws Exception {
        phase = Phase.WAITING;
        pause.begin(this, approval);
        saveState();
        goOnWaiting(approval);
    }

    /** A decision may have come before this listens, or while the controller was down. */
    private void goOnWaiting(Approval approval) {
        approval.listen(this);
        if (approval.status() != ApprovalStatus.WAITING) {
            settled();
        }
    }

    @Override
    public void onResume() {
        if (phase == Phase.WAITING) {
            inBackground(() -> {
                restoreQuestion();
                goOnWaiting(approval());
            });
        } else {
            super.onResume();
        }
    }

    private void restoreQuestion() {
        try {
            pause.resume();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "The question of " + operationId() + " is not asked any more", e);
            tell("WARNING: The input step does not ask any more. Decide on the page of the promotion.");
        }
    }

    @Override
    public void askAgain(String why) {
        inBackground(() -> {
            tell("That does not count. " + why);
            Approval approval = approval();
            if (phase == Phase.WAITING && approval.status() == ApprovalStatus.WAITING) {
                try {
                    pause.begin(this, approval);
                    saveState();
                } catch (Exception e) {
                    fail(e);
                }
            }
        });
    }

    @Override
    public void decided(Decision decision) {
        inBackground(() -> {
            tell("This promotion was " + decision.describe());
            Approval approval = approval();
            if (approval.status() == ApprovalStatus.WAITING) {
                tell("Still needed: " + String.join(" and ", approval.ballot().missing()) + ".");
                recording().record(approval);
            }
        });
    }

    @Override
    public void settled() {
        inBackground(() -> {
            if (leaveWaiting()) {
                settle(approval());
            }
        });
    }

    /** @return whether this caller is the first one to say so */
    private synchronized boolean leaveWaiting() {
        if (phase != Phase.WAITING) {
            return false;
        }
        phase = Phase.APPLYING;
        pause.end();
        return true;
    }

    private void settle(Approval approval) {
        switch (approval.status()) {
            case APPROVED -> apply();
            case REJECTED -> {
                recording().record(approval);
                fail(PromotionEnd.rejected(approval));
            }
            default -> {
                recording().record(approval);
                fail(PromotionEnd.expired(approval));
            }
        }
    }

    private void apply() {
        phase = Phase.APPLYING;
        try {
            tellOf("The deployment", deploying.begin(deployment()));
            saveState();
            launch();
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(PromotionResult result) throws Exception {
        Approval approval = approval();
        deploying.end(deployment(), result);
        if (result.voided()) {
            if (approval != null) {
                approval.voidDecisions(PromotionEnd.whyVoided(result), result.changes());
            }
            tell("Planning anew, and asking again.");
            phase = Phase.PLANNING;
            saveState();
            launch();
            return;
        }
        Run<?, ?> run = getContext().get(Run.class);
        if (approval != null) {
            approval.end(PromotionEnd.status(result), result.message());
        }
        result.approvedBy().forEach(user -> run.addAction(new ApproverAction(user)));
        if (result.succeeded()) {
            getContext().onSuccess(PromotionMaps.of(result));
        } else {
            getContext().onFailure(new AbortException(result.message()));
        }
    }

    private DecisionRecording recording() {
        return new DecisionRecording(this::origin, this::promotionAsOfNow, this::agentChannel, this::tell);
    }

    private Origin origin() throws IOException, InterruptedException {
        return BuildOrigin.of(getContext().get(Run.class), operationId());
    }

    private PromotionRequest promotionAsOfNow() throws Exception {
        EnvironmentConfiguration to = SupabaseDeliveryConfiguration.get().environment(environmentName());
        return promotion(to, new EnvironmentCredentials(to, credentials()).resolve());
    }

    @Override
    void ending(Throwable cause) {
        Approval approval = approval();
        if (approval == null) {
            return;
        }
        boolean waited = leaveWaiting();
        try {
            if (cause instanceof InterruptedException) {
                approval.end(ApprovalStatus.ABORTED, PromotionEnd.stopped(cause));
                if (waited) {
                    recording().record(approval);
                }
            } else if (!PromotionEnd.isTold(approval.status())) {
                approval.end(ApprovalStatus.FAILED, String.valueOf(cause.getMessage()));
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "What became of " + operationId() + " could not be written", e);
        }
        deploying.endWithout(deployment(), cause, this::recorded);
    }

    /** @return null where nobody was asked */
    @Override
    public Approval approval() {
        try {
            return Approvals.find(getContext().get(Run.class), operationId());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public String getStatus() {
        return switch (phase) {
            case PLANNING -> "planning the promotion from " + from + " to " + environmentName();
            case WAITING -> "waiting for approvals of the promotion to " + environmentName();
            case APPLYING -> "promoting from " + from + " to " + environmentName();
        };
    }
}
