package io.jenkins.plugins.supabase.approval;

import hudson.model.Item;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.RefusedDecision;
import io.jenkins.plugins.supabase.core.promotion.Voter;
import io.jenkins.plugins.supabase.pages.BuildPage;
import io.jenkins.plugins.supabase.pages.DeploymentPage;
import io.jenkins.plugins.supabase.pages.PlanPage;
import io.jenkins.plugins.supabase.pages.TaggedJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** Where people decide on a promotion: the plan, the gate with its evidence, who may decide and who did. */
public final class ApprovalPage extends BuildPage {
    private final String from;
    private final String releaseVersion;
    private final boolean emergency;

    ApprovalPage(PlannedPromotion planned) {
        this(planned.operationId(), planned.to(), planned.from(), planned.releaseVersion(), planned.isEmergency());
    }

    ApprovalPage(String id, String environment, String from, String releaseVersion, boolean emergency) {
        super(id, environment);
        this.from = from;
        this.releaseVersion = releaseVersion;
        this.emergency = emergency;
    }

    @Override
    protected String kind() {
        return "supabase-promotion";
    }

    @Override
    protected String title() {
        return "Supabase promotion";
    }

    @Override
    public String getIconFileName() {
        return "symbol-supabase-promotion plugin-supabase-delivery";
    }

    public String getFrom() {
        return from;
    }

    public String getReleaseVersion() {
        return releaseVersion;
    }

    @Override
    protected boolean knowsOfEmergency() {
        return emergency;
    }

    ApprovalFiles files() {
        return new ApprovalFiles(getObject().getRootDir(), getUrlName());
    }

    /** @return as the one who looks sees it; null if its files were deleted */
    public ApprovalView getView() {
        Approval approval = Approvals.of(this);
        return approval == null ? null : ApprovalView.of(approval, Jenkins.getAuthentication2(), Instant.now());
    }

    /** @return null where the plan was deleted */
    public PlanPage getPlanPage() {
        return companion(PlanPage.class);
    }

    /** @return null where nothing was begun */
    public DeploymentPage getDeployment() {
        return companion(DeploymentPage.class);
    }

    /** How it stands, for machines; asked again with its ETag, it is only sent when it has changed. */
    @GET
    public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        getObject().checkPermission(Item.READ);
        ApprovalView view = getView();
        if (view == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            TaggedJson.answer(request.getHeader("If-None-Match"), response, ApprovalJson.of(view));
        }
    }

    /** @param planDigest of the plan that was looked at, as the page and the JSON say it */
    @POST
    public void doApprove(
            StaplerResponse2 response, @QueryParameter String planDigest, @QueryParameter String comment)
            throws IOException {
        decide(response, planDigest, (voter, digest) -> Decision.approve(voter, comment, digest, Instant.now()));
    }

    /** @param reason must not be blank */
    @POST
    public void doReject(StaplerResponse2 response, @QueryParameter String planDigest, @QueryParameter String reason)
            throws IOException {
        decide(response, planDigest, (voter, digest) -> Decision.reject(voter, reason, digest, Instant.now()));
    }

    private interface Said {
        Decision by(Voter voter, String planDigest);
    }

    private void decide(StaplerResponse2 response, String planDigest, Said said) throws IOException {
        Voters.requirePermission(getObject().getParent());
        Approval approval = Approvals.of(this);
        if (approval == null) {
            answer(response, HttpServletResponse.SC_NOT_FOUND, "The files of this promotion were deleted from the folder"
                    + " of its build. Nothing was counted.");
            return;
        }
        if (planDigest == null || planDigest.isBlank()) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, "planDigest is missing. Nothing was counted. Send the"
                    + " digest of the plan that you decide on, which " + getUrlName() + "/json tells.");
            return;
        }
        try {
            Voter voter = Voters.of(Jenkins.getAuthentication2(), approval.ballot().rules());
            Decision decision = said.by(voter, planDigest.strip());
            approval.decide(decision);
            answer(response, HttpServletResponse.SC_OK, "Counted: " + decision.describe() + ".");
        } catch (RefusedDecision e) {
            answer(response, status(e.reason()), e.getMessage());
        }
    }

    private static int status(RefusedDecision.Reason reason) {
        return switch (reason) {
            case STARTER, AUTHOR, NOT_LISTED -> HttpServletResponse.SC_FORBIDDEN;
            case SETTLED, STALE_PLAN, EXPIRED -> HttpServletResponse.SC_CONFLICT;
            case NO_REASON -> HttpServletResponse.SC_BAD_REQUEST;
        };
    }

    private void answer(StaplerResponse2 response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        ApprovalView view = getView();
        response.getOutputStream()
                .write(ApprovalJson.answer(message, view).getBytes(StandardCharsets.UTF_8));
    }
}
