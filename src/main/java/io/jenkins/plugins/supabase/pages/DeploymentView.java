package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.StepReport;
import io.jenkins.plugins.supabase.core.health.ProbeResult;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.pages.DeploymentRecord.State;
import java.util.ArrayList;
import java.util.List;

/** A deployment as its page shows it. */
public final class DeploymentView extends TableView {
    private static final String LOST = "The build ended before this deployment could tell how it ended. The environment's"
            + " ledger knows; deploying again goes on from there.";

    private final DeploymentRecord record;
    private final boolean building;

    /** @param building whether the build runs still */
    DeploymentView(DeploymentRecord record, boolean building) {
        this.record = record;
        this.building = building;
    }

    /** @return null until it has ended, and where it ended without telling what it did */
    public DeployResult getResult() {
        return record.result();
    }

    /** @return whether it will tell more */
    public boolean isRunning() {
        return record.state() == State.RUNNING && building;
    }

    /** @return such as "rolled back" */
    public String getState() {
        return record.state() == State.RUNNING && !building ? "unknown" : Words.of(record.state());
    }

    /** @return ok, change, warning or danger */
    public String getLevel() {
        return switch (record.state()) {
            case SUCCEEDED, UNCHANGED -> "ok";
            case RUNNING -> building ? "change" : "warning";
            case STOPPED, ROLLED_BACK -> "warning";
            case FAILED -> "danger";
        };
    }

    /** @return a paragraph; null where there is nothing to say */
    public String getMessage() {
        if (record.state() == State.RUNNING && !building) {
            return LOST;
        }
        DeployResult result = record.result();
        String message = result == null || isBlank(result.message()) ? record.message() : result.message();
        return isBlank(message) ? null : message;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** @return whether what was done was taken back */
    public boolean isTakenBack() {
        return record.state() == State.ROLLED_BACK;
    }

    /** @return what was done, in a few words */
    public String getSummary() {
        DeployResult result = record.result();
        if (result == null) {
            return getState();
        }
        String when = record.state() == State.STOPPED || record.state() == State.FAILED ? " after " : " in ";
        List<String> parts = new ArrayList<>(List.of(getState() + when + Words.duration(result.durationMillis())));
        if (isTakenBack()) {
            return parts.get(0);
        }
        if (!result.migrations().isEmpty()) {
            parts.add(Count.of(result.migrations().size(), "migration"));
        }
        long functions = result.functions().stream()
                .filter(function -> !Words.of(function.change()).equals("unchanged"))
                .count();
        if (functions > 0) {
            parts.add(Count.of((int) functions, "edge function"));
        }
        return String.join(", ", parts);
    }

    public List<StepReport> getSteps() {
        return record.result() == null ? List.of() : record.result().steps();
    }

    /** @return ok, warning or danger; empty for a probe that was skipped */
    public String verdictLevel(ProbeResult probe) {
        return switch (probe.verdict()) {
            case HEALTHY -> "ok";
            case UNHEALTHY -> "danger";
            default -> "";
        };
    }

    /** @return ok, warning or danger */
    public String level(StepReport step) {
        String unless = step.interrupted() ? "warning" : "danger";
        return step.done() ? "ok" : unless;
    }

    /** @return 0 to 100: how much of the longest step's time it took */
    public int share(StepReport step) {
        long longest = getSteps().stream().mapToLong(StepReport::millis).max().orElse(0);
        return longest == 0 ? 0 : (int) Math.round(step.millis() * 100.0 / longest);
    }
}
