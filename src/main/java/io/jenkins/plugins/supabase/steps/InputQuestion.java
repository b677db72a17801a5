package io.jenkins.plugins.supabase.steps;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.supabase.approval.Approval;
import io.jenkins.plugins.supabase.core.promotion.Condition;
import io.jenkins.plugins.supabase.core.promotion.GateCondition;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.Voter;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStep;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;

/**
 * Asks for an approval by Jenkins' own input step, which shows it wherever it shows questions of pipelines. What is answered
 * there is a decision on the same ballot as one on the promotion's page, by the same rules: see {@link InputAnswer}.
 */
final class InputQuestion implements Serializable {
    private static final long serialVersionUID = 1L;

    private final InputAnswer answer;
    private final InputStepExecution input;

    private InputQuestion(InputAnswer answer, InputStepExecution input) {
        this.answer = answer;
        this.input = input;
    }

    /** @param asker of the step, which hears what is answered */
    static InputQuestion ask(StepContext step, InputAnswer.Asker asker, Approval approval) throws Exception {
        PlannedPromotion planned = approval.planned();
        InputStep question = new InputStep(message(planned, approval));
        question.setId(approval.page().getUrlName());
        question.setOk("Approve for " + planned.to());
        question.setCancel("Reject");
        question.setSubmitter(submitters(planned.ballotRules().names()));
        InputAnswer answer = new InputAnswer(step, asker, planned.planDigest());
        InputStepExecution input = (InputStepExecution) question.start(answer);
        input.start();
        return new InputQuestion(answer, input);
    }

    private static String message(PlannedPromotion planned, Approval approval) {
        String root = Jenkins.get().getRootUrl();
        String what = planned.describe();
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + ". "
                + planned.gate().conditions().stream()
                        .filter(one -> one.condition() == Condition.PLAN)
                        .map(GateCondition::evidence)
                        .collect(Collectors.joining(" "))
                + " Needed: " + planned.ballotRules().describe() + ". The gate and the plan: "
                + (root == null ? "/" : root) + approval.url();
    }

    /**
     * The input step knows neither the prefixes of users and groups nor names that have a comma in them. Whom it lets answer
     * though the gate does not is refused afterwards.
     *
     * @return null for anybody
     */
    private static String submitters(List<String> names) {
        return names.isEmpty() || names.stream().anyMatch(name -> name.indexOf(',') >= 0)
                ? null
                : names.stream().map(Voter::withoutPrefix).collect(Collectors.joining(","));
    }

    /** After a restart: Jenkins looks for its questions among the steps that run, of which this is none. */
    void restore(Run<?, ?> run) throws Exception {
        if (input.isSettled()) {
            return;
        }
        List<InputAction> found = run.getActions(InputAction.class);
        InputAction questions = found.isEmpty() ? new InputAction() : found.get(0);
        if (found.isEmpty()) {
            run.addAction(questions);
        }
        questions.remove(input);
        questions.add(input);
    }

    /** Takes the question back, where it was decided elsewhere or is not to be decided any more. */
    void close() throws Exception {
        answer.close();
        if (!input.isSettled()) {
            input.stop(new FlowInterruptedException(Result.ABORTED, true));
        }
    }
}
