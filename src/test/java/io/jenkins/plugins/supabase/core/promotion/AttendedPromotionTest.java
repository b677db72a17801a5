package io.jenkins.plugins.supabase.core.promotion;

import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.BOB;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.EVE;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.STARTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import io.jenkins.plugins.supabase.local.runner.step.Answers;
import io.jenkins.plugins.supabase.local.runner.step.TerminalDesk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A promotion whose approvers sit at a terminal. */
class AttendedPromotionTest extends StagedRelease {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    private ApprovalDesk desk(String answers, Voter... voters) {
        return new TerminalDesk(
                new Console(new PrintStream(terminal, true, StandardCharsets.UTF_8)),
                new Answers(new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8))),
                List.of(voters));
    }

    private PromotionResult run(ApprovalDesk desk) throws Exception {
        PromotionRequest request = app.request();
        return new AttendedPromotion(request, planned -> request, desk, app.log::add).run();
    }

    private String shown() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    @Test
    void asksOneAfterTheOtherAndBringsTheVeryBundle() throws Exception {
        PromotionResult result = run(desk("what?\nyes\nfine\napprove\n\n", Voter.of(STARTER), BOB, EVE));

        assertThat(result.succeeded()).as(result.message()).isTrue();
        assertThat(result.approvedBy()).containsExactly("bob", "eve");
        assertThat(app.production.runs()).isEqualTo(app.staging.runs());
        assertThat(shown())
                .contains("starter started this build, and nobody approves what they started themselves")
                .contains("Answer 'approve', or 'reject' with a reason.")
                .contains("needs 1 more approval of managers, starter.");
    }

    @Test
    void aRejectionWithAReasonEndsIt() throws Exception {
        assertThatThrownBy(() -> run(desk("reject\n\nreject\nwrong day\n", BOB, EVE)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("was rejected")
                .hasMessageContaining("Nothing was changed");

        assertThat(app.log).anyMatch(line -> line.contains("rejected by bob") && line.contains("wrong day"));
        assertThat(app.production.runs()).isNull();
    }

    @Test
    void tooFewAtTheTerminalAreTooFew() throws Exception {
        assertThatThrownBy(() -> run(desk("approve\n\n", BOB)))
                .hasMessageContaining("was not approved; missing: 1 more approval");
        assertThatThrownBy(() -> run(desk("", BOB, EVE))).hasMessageContaining("standard input has ended");
        assertThat(app.production.runs()).isNull();
    }

    @Test
    void aClosedGateAsksNobody() throws Exception {
        app.gate = app.gate.withSoak(Duration.ofHours(24));

        assertThatThrownBy(() -> run(desk("approve\n\napprove\n\n", BOB, EVE))).hasMessageContaining("soak: ");
        assertThat(shown()).isEmpty();
    }

    @Test
    void asksAgainWhenTheGroundMoved() throws Exception {
        ApprovalDesk terminal = desk("yes\n\nyes\n\nyes\n\nyes\n\n", BOB, EVE);
        int[] asked = {0};
        PromotionResult result = run((planned, open) -> {
            Ballot ballot = terminal.ask(planned, open);
            if (asked[0]++ == 0) {
                deployAnotherRelease();
            }
            return ballot;
        });

        assertThat(asked[0]).isEqualTo(2);
        assertThat(result.succeeded()).isTrue();
        assertThat(app.production.runs()).isEqualTo(app.staging.runs());
        assertThat(app.log).contains("Planning anew, and asking again.");
    }

    private void deployAnotherRelease() {
        try {
            app.function("two");
            app.staging.deploy();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
