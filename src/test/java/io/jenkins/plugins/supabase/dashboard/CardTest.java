package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.ACL;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.ledger.AuditHead;
import io.jenkins.plugins.supabase.core.ledger.BackupStanding;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.HealthMark;
import io.jenkins.plugins.supabase.core.overview.EnvironmentSummary;
import io.jenkins.plugins.supabase.dashboard.ControllerNews.SeenDrift;
import io.jenkins.plugins.supabase.pages.WaitingGates.WaitingGate;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;

class CardTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Viewer EVERYWHERE = new Viewer(ACL.SYSTEM2, "");

    @Test
    void nothingKnownIsSaidInWords() {
        Card card = Card.of(Snapshot.none(new EnvironmentConfiguration("staging")), null, List.of(), EVERYWHERE);

        assertThat(card.word()).isEqualTo("nothing known");
        assertThat(card.facts()).extracting(Fact::value).doesNotContain("").contains("not read yet");
    }

    @Test
    void theWorstFactDecides() {
        assertThat(card(DeploymentState.SUCCEEDED, new HealthMark(NOW, "HEALTHY", "")).word()).isEqualTo("all well");
        assertThat(card(DeploymentState.SUCCEEDED, null).word()).isEqualTo("health not checked");
        assertThat(card(DeploymentState.RUNNING, null).word()).isEqualTo("in work");
        assertThat(card(DeploymentState.SUCCEEDED, new HealthMark(NOW, "UNHEALTHY", "auth")).level())
                .isEqualTo("danger");
        assertThat(card(DeploymentState.SUCCEEDED, new HealthMark(NOW, "UNKNOWN", "")).level()).isEqualTo("warning");
    }

    @Test
    void unreachableLedgerIsShownBesideWhatWasKnown() {
        Snapshot snapshot = snapshot(DeploymentState.SUCCEEDED, null).withProblem("nothing listens there");

        Card card = Card.of(snapshot, null, List.of(), EVERYWHERE);

        assertThat(fact(card, "reading").detail()).isEqualTo("nothing listens there");
        assertThat(fact(card, "deployment").value()).isEqualTo("succeeded");
    }

    @Test
    void driftThatADeploymentSettledIsGone() {
        Snapshot snapshot = snapshot(DeploymentState.SUCCEEDED, null);
        SeenDrift before = new SeenDrift(NOW.minusSeconds(60), List.of("auth.site_url"), true, "job/a/1/");
        SeenDrift after = new SeenDrift(NOW.plusSeconds(60), List.of("auth.site_url"), true, "job/a/2/");

        assertThat(fact(Card.of(snapshot, before, List.of(), EVERYWHERE), "drift").value()).isEqualTo("none");
        assertThat(fact(Card.of(snapshot, after, List.of(), EVERYWHERE), "drift"))
                .satisfies(fact -> assertThat(fact.value()).isEqualTo("1 difference"))
                .satisfies(fact -> assertThat(fact.level()).isEqualTo("danger"));
    }

    @Test
    void gatesSayWhomTheyWaitFor() {
        Snapshot snapshot = snapshot(DeploymentState.SUCCEEDED, null);

        assertThat(gates(snapshot, gate(true), EVERYWHERE).value()).isEqualTo("1 waiting for you");
        assertThat(gates(snapshot, gate(false), EVERYWHERE).value()).isEqualTo("1 waiting");
        assertThat(gates(snapshot, gate(true), new Viewer(ACL.SYSTEM2, "job/other/")).value())
                .isEqualTo("none waits");
    }

    @Test
    void buildsOutsideOfAFolderAreNotLinkedTo() {
        Snapshot snapshot = snapshot(DeploymentState.SUCCEEDED, null);

        assertThat(fact(Card.of(snapshot, null, List.of(), EVERYWHERE), "deployment").link())
                .isEqualTo("https://jenkins.example/job/shop/1/");
        assertThat(fact(Card.of(snapshot, null, List.of(), new Viewer(ACL.SYSTEM2, "job/other/")), "deployment")
                        .link())
                .isNull();
        assertThat(BuildAddress.link("javascript:alert(1)")).isNull();
    }

    @Test
    void anEmergencyIsRedAndSaidInWords() {
        HealthMark well = new HealthMark(NOW, "HEALTHY", "");

        Card card = Card.of(snapshot(DeploymentState.SUCCEEDED, well, true), null, List.of(), EVERYWHERE);

        assertThat(card.level()).isEqualTo("danger");
        assertThat(card.word()).isEqualTo("emergency");
        assertThat(fact(card, "deployment").value()).isEqualTo("succeeded, EMERGENCY");
        assertThat(fact(card, "deployment").level()).isEqualTo("danger");
        assertThat(Card.of(snapshot(DeploymentState.FAILED, well, true), null, List.of(), EVERYWHERE).word())
                .isEqualTo("trouble");
        assertThat(HistoryRow.of("staging", snapshot(DeploymentState.SUCCEEDED, well, true).summary().recent().get(0),
                        EVERYWHERE).emergency())
                .isTrue();
    }

    private static Fact gates(Snapshot snapshot, WaitingGate gate, Viewer viewer) {
        return fact(Card.of(snapshot, null, List.of(gate), viewer), "gates");
    }

    private static Card card(DeploymentState state, HealthMark health) {
        return Card.of(snapshot(state, health), null, List.of(), EVERYWHERE);
    }

    private static Fact fact(Card card, String key) {
        return card.facts().stream().filter(fact -> fact.key().equals(key)).findFirst().orElseThrow();
    }

    private static Snapshot snapshot(DeploymentState state, HealthMark health) {
        return snapshot(state, health, false);
    }

    private static Snapshot snapshot(DeploymentState state, HealthMark health, boolean emergency) {
        Deployment deployment = new Deployment(
                1, "op", 1, DeploymentKind.DEPLOY, "d", "1.0", null, null, "p", "direct", "alice",
                "https://jenkins.example/job/shop/1/", "c", 1, state, NOW, state == DeploymentState.RUNNING ? null : NOW,
                NOW, NOW, "", null, emergency);
        EnvironmentSummary summary = new EnvironmentSummary(
                null, List.of(deployment), new TreeSet<>(), health, BackupStanding.NONE, AuditHead.NONE);
        return Snapshot.none(new EnvironmentConfiguration("staging")).withSummary(summary, NOW);
    }

    private static WaitingGate gate(boolean mine) {
        return new WaitingGate() {
            @Override
            public String environment() {
                return "staging";
            }

            @Override
            public String from() {
                return "development";
            }

            @Override
            public String releaseVersion() {
                return "1.1";
            }

            @Override
            public String url() {
                return "job/shop/2/approval/";
            }

            @Override
            public Instant since() {
                return NOW;
            }

            @Override
            public Instant expires() {
                return null;
            }

            @Override
            public boolean mayDecide(Authentication user) {
                return mine;
            }
        };
    }
}
