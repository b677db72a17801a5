package io.jenkins.plugins.supabase.dashboard;

import hudson.model.ModelObject;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.recovery.RecoveryFacts;
import io.jenkins.plugins.supabase.recovery.RecoveryRunbook;
import io.jenkins.plugins.supabase.recovery.RunbookMarkdown;
import io.jenkins.plugins.supabase.recovery.RunbookSection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** What to do on the day that an environment's database is gone: for those who may restore. */
public final class RecoveryPage implements ModelObject, StaplerProxy {
    private final EnvironmentsBoard board;
    private final RecoveryRunbook runbook;

    RecoveryPage(EnvironmentsBoard board, Snapshot snapshot) {
        this.board = board;
        this.runbook = new RecoveryRunbook(
                RecoveryFacts.of(
                        snapshot.environment(),
                        SupabaseDeliveryConfiguration.get().getDestinations(),
                        snapshot.summary().backups(),
                        snapshot.summary().running()),
                Instant.now());
    }

    @Override
    public Object getTarget() {
        board.place().checkPermission(Permissions.RESTORE);
        return this;
    }

    @Override
    public String getDisplayName() {
        return runbook.title();
    }

    public List<RunbookSection> getSections() {
        return runbook.sections();
    }

    /** The same as a file, to be kept where Jenkins is not. */
    @GET
    public void doMarkdown(StaplerResponse2 response) throws IOException {
        response.setContentType("text/markdown;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"recovery.md\"");
        response.getOutputStream().write(RunbookMarkdown.of(runbook).getBytes(StandardCharsets.UTF_8));
    }
}
