package io.jenkins.plugins.supabase.steps;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.supabase.approval.Approval;
import io.jenkins.plugins.supabase.core.promotion.RefusedDecision;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.springframework.security.access.AccessDeniedException;

/**
 * What an input step takes for its surroundings: those of the promotion, but for the end. The input's end is a decision of
 * whoever answered, on the plan that the question was about, and it counts only if it would on the promotion's page.
 */
final class InputAnswer extends StepContext {
    private static final long serialVersionUID = 1L;

    private final StepContext step;
    private final Asker asker;
    private final String planDigest;
    private volatile boolean closed;

    /** The promotion that asks. */
    interface Asker extends Serializable {
        /** @return what is decided on */
        Approval approval();

        /** @param why the last answer does not count */
        void askAgain(String why);

        void stop(Throwable cause);
    }

    InputAnswer(StepContext step, Asker asker, String planDigest) {
        this.step = step;
        this.asker = asker;
        this.planDigest = planDigest;
    }

    /** From now on nothing is heard of the question. */
    void close() {
        closed = true;
    }

    /** Called in the request of whoever answers. */
    @Override
    public void onSuccess(Object result) {
        if (closed) {
            return;
        }
        try {
            forgetApprover();
            asker.approval().answer(planDigest, true, "");
        } catch (RefusedDecision | AccessDeniedException e) {
            refuse(e);
        } catch (IOException e) {
            refuse(new IllegalStateException("The approval could not be written to the folder of the build, so that it"
                    + " does not count: " + e.getMessage(), e));
        }
    }

    /** Called in the request of whoever answers. */
    @Override
    public void onFailure(Throwable cause) {
        if (closed) {
            return;
        }
        try {
            asker.approval().answer(planDigest, false, "Rejected at the question of the input step.");
        } catch (RefusedDecision | AccessDeniedException e) {
            boolean over = e instanceof RefusedDecision refused && isOver(refused.reason());
            if (!over && mayStop()) {
                asker.stop(cause);
            } else {
                refuse(e);
            }
        } catch (IOException e) {
            asker.stop(cause);
        }
    }

    private static boolean isOver(RefusedDecision.Reason reason) {
        return reason == RefusedDecision.Reason.SETTLED
                || reason == RefusedDecision.Reason.EXPIRED
                || reason == RefusedDecision.Reason.STALE_PLAN;
    }

    private boolean mayStop() {
        Run<?, ?> run = run();
        return run != null && run.getParent().hasPermission(Item.CANCEL);
    }

    /** The input step takes its question back with any answer. */
    private void refuse(RuntimeException why) {
        asker.askAgain(why.getMessage());
        throw new Failure(why.getMessage());
    }

    /**
     * The input step has told Jenkins by now that this user approved. Whether that counts is not known yet; where it does,
     * the promotion tells it.
     */
    private void forgetApprover() throws IOException {
        User user = User.get2(Jenkins.getAuthentication2());
        Run<?, ?> run = run();
        if (user == null || run == null) {
            return;
        }
        List<ApproverAction> told = run.getActions(ApproverAction.class);
        for (int i = told.size() - 1; i >= 0; i--) {
            if (told.get(i).getUserId().equals(user.getId())) {
                run.removeAction(told.get(i));
                run.save();
                return;
            }
        }
    }

    private Run<?, ?> run() {
        try {
            return step.get(Run.class);
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        return step.get(key);
    }

    @Override
    public boolean isReady() {
        return step.isReady();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return step.saveState();
    }

    @Override
    public void setResult(Result r) {
        step.setResult(r);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        return step.newBodyInvoker();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputAnswer answer && step.equals(answer.step) && planDigest.equals(answer.planDigest);
    }

    @Override
    public int hashCode() {
        return step.hashCode();
    }
}
