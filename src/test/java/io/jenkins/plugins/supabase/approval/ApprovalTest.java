package io.jenkins.plugins.supabase.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.BallotRules;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import io.jenkins.plugins.supabase.core.promotion.Quorum;
import io.jenkins.plugins.supabase.core.promotion.RefusedDecision;
import io.jenkins.plugins.supabase.core.promotion.Voter;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import io.jenkins.plugins.supabase.pages.DeploymentPage;
import io.jenkins.plugins.supabase.pages.DeploymentRecord;
import io.jenkins.plugins.supabase.pages.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalTest {
    private static final String PLAN = "a".repeat(64);

    private final AtomicInteger settled = new AtomicInteger();
    private final List<Decision> heard = new ArrayList<>();

    @TempDir
    private Path folder;

    private Approval approval(int needed, Duration expiry) throws IOException {
        ApprovalPage page = new BuildRecords(new TestRun(folder))
                .place(ApprovalPage.class, new ApprovalPage("id", "production", "staging", "1.0", false));
        BallotRules rules = new BallotRules(
                GateRules.DEFAULT.withQuorum(new Quorum(needed, List.of(), List.of())), List.of("starter"), List.of());
        Instant now = Instant.now();
        Ballot ballot = Ballot.open(rules, PLAN, expiry == null ? null : now.plus(expiry));
        ApprovalRecord record = ApprovalRecord.of(ApprovalStatus.WAITING, "", ballot, now.toEpochMilli());
        page.files().write(record);
        Approval approval = new Approval(page, page.files(), record);
        approval.listen(new ApprovalListener() {
            @Override
            public void decided(Decision decision) {
                synchronized (heard) {
                    heard.add(decision);
                }
            }

            @Override
            public void settled() {
                settled.incrementAndGet();
            }
        });
        return approval;
    }

    @Test
    void theDeploymentOfAnEmergencyIsMarkedOnItsPageToo() throws Exception {
        for (boolean emergency : new boolean[] {true, false}) {
            TestRun run = new TestRun(folder);
            BuildRecords records = new BuildRecords(run);
            records.place(ApprovalPage.class, new ApprovalPage("id", "production", "staging", "1.0", emergency));
            records.keepDeployment("id", DeploymentRecord.running("production"));
            records.keepDeployment("other", DeploymentRecord.running("production"));

            assertThat(run.getActions(DeploymentPage.class))
                    .extracting(DeploymentPage::isEmergency)
                    .containsExactly(emergency, false);
        }
    }

    private static Decision yes(String user) {
        return Decision.approve(Voter.of(user), "", PLAN, Instant.now());
    }

    private ApprovalRecord onDisk(Approval approval) throws IOException {
        return approval.page().files().readRecord();
    }

    @Test
    void isOnDiskBeforeAnybodyHearsOfIt() throws Exception {
        Approval approval = approval(2, null);

        approval.decide(yes("ada"));
        assertThat(onDisk(approval).ballot().decisions()).hasSize(1);
        assertThat(settled).hasValue(0);
        approval.decide(yes("bob"));

        assertThat(onDisk(approval).status()).isEqualTo(ApprovalStatus.APPROVED);
        assertThat(heard).extracting(Decision::user).containsExactly("ada", "bob");
        assertThat(settled).hasValue(1);
    }

    @Test
    void sayingItAgainIsHeardOnce() throws Exception {
        Approval approval = approval(2, null);

        approval.decide(yes("ada"));
        approval.decide(yes("ada"));

        assertThat(heard).hasSize(1);
    }

    @Test
    void ofManyWhoDecideAtOnceExactlyAsManyCountAsAreNeeded() throws Exception {
        Approval approval = approval(2, null);
        ExecutorService people = Executors.newFixedThreadPool(16);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String user = "user" + i;
            all.add(people.submit(() -> {
                go.await();
                try {
                    approval.decide(yes(user));
                    return true;
                } catch (RefusedDecision e) {
                    assertThat(e.reason()).isEqualTo(RefusedDecision.Reason.SETTLED);
                    return false;
                }
            }));
        }
        go.countDown();
        int counted = 0;
        for (Future<Boolean> one : all) {
            counted += one.get(30, TimeUnit.SECONDS) ? 1 : 0;
        }
        people.shutdownNow();

        assertThat(counted).isEqualTo(2);
        assertThat(settled).hasValue(1);
        assertThat(onDisk(approval).ballot().decisions()).hasSize(2);
    }

    @Test
    void whatCannotBeWrittenDoesNotCount() throws Exception {
        Approval approval = approval(1, null);
        Path file = folder.resolve("supabase-promotion.xml");
        Files.delete(file);
        Files.createDirectory(file);

        assertThatThrownBy(() -> approval.decide(yes("ada"))).isInstanceOf(IOException.class);

        assertThat(approval.status()).isEqualTo(ApprovalStatus.WAITING);
        assertThat(approval.ballot().decisions()).isEmpty();
        assertThat(settled).hasValue(0);
    }

    @Test
    void endsByItselfWhenItsTimeIsOver() throws Exception {
        Approval approval = approval(1, Duration.ofMillis(300));

        for (int i = 0; i < 100 && settled.get() == 0; i++) {
            Thread.sleep(50);
        }

        assertThat(settled).hasValue(1);
        assertThat(onDisk(approval).status()).isEqualTo(ApprovalStatus.EXPIRED);
        assertThat(onDisk(approval).isHalfwayTold()).isTrue();
        assertThatThrownBy(() -> approval.decide(yes("ada"))).isInstanceOf(RefusedDecision.class);
    }

    @Test
    void whatHasEndedByOtherWaysCannotBeApprovedAfterwards() throws Exception {
        Approval approval = approval(1, null);
        approval.end(ApprovalStatus.ABORTED, "The build was stopped.");

        assertThatThrownBy(() -> approval.decide(yes("ada")))
                .isInstanceOf(RefusedDecision.class)
                .hasMessageContaining("does not wait any more: it is aborted");

        assertThat(onDisk(approval).status()).isEqualTo(ApprovalStatus.ABORTED);
        assertThat(onDisk(approval).ballot().decisions()).isEmpty();
    }

    @Test
    void keepsTheRoundsThatTheGroundTookAway() throws Exception {
        Approval approval = approval(1, null);
        approval.decide(yes("ada"));

        approval.voidDecisions("the ground moved", List.of("was: a", "is: b"));

        assertThat(onDisk(approval).voidedRounds()).singleElement().satisfies(round -> {
            assertThat(round.getDecisions()).extracting(Decision::user).containsExactly("ada");
            assertThat(round.getChanges()).containsExactly("was: a", "is: b");
        });
        assertThat(ApprovalRecord.of(ApprovalStatus.WAITING, "", approval.ballot(), 0)
                        .after(onDisk(approval))
                        .voidedRounds())
                .hasSize(1);
    }
}
