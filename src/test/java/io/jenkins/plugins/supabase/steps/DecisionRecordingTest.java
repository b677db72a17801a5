package io.jenkins.plugins.supabase.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionList;
import hudson.FilePath;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.DecisionEntry;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import io.jenkins.plugins.supabase.core.promotion.UndeployedTarget;
import io.jenkins.plugins.supabase.pages.EnvironmentNews;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions about a promotion to an environment to which nothing was ever deployed. */
class DecisionRecordingTest {
    private final List<String> kept = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final EnvironmentNews listener = new EnvironmentNews() {
        @Override
        public void happened(String environment, AuditEvent event, UUID id) {
            kept.add(environment + " " + event.kind());
        }

        @Override
        public void decided(String environment, DecisionEntry decision, ObjectNode payload) {
            kept.add(environment + " " + decision.user() + " " + decision.verdict() + " " + decision.comment());
        }
    };

    private UndeployedTarget target;

    @BeforeEach
    void listen(@TempDir Path workspace) throws Exception {
        target = new UndeployedTarget(workspace);
        ExtensionList.lookup(EnvironmentNews.class).add(listener);
    }

    @AfterEach
    void leave() {
        ExtensionList.lookup(EnvironmentNews.class).remove(listener);
        target.close();
    }

    private DecisionRecording recording(Callable<PromotionRequest> request) {
        return new DecisionRecording(
                () -> {
                    throw new AssertionError("the record has it");
                },
                request,
                () -> FilePath.localChannel,
                log::add);
    }

    @Test
    void aDecisionMakesTheLedgerAndIsInItAtOnce() throws Exception {
        recording(target::request).record(target.rejected());

        assertThat(target.events()).containsExactly("promotion.requested", "promotion.rejected");
        assertThat(kept).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void whatTheLedgerCannotTakeIsKept() throws Exception {
        recording(() -> {
                    throw new DeliveryException("Nothing listens there.");
                })
                .record(target.rejected());

        assertThat(kept)
                .containsExactly("production promotion.requested", "production bob REJECTED not today");
        assertThat(log).singleElement().asString().contains("kept by Jenkins", "Nothing listens there.");
        assertThat(target.hasLedger()).isFalse();
    }

    @Test
    void thatNobodyDecidedMakesNoLedgerAndIsKept() throws Exception {
        recording(target::request).record(target.expired());

        assertThat(target.hasLedger()).isFalse();
        assertThat(kept).containsExactly("production promotion.requested", "production promotion.expired");
        assertThat(log).isEmpty();
    }
}
