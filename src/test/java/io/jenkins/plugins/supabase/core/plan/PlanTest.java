package io.jenkins.plugins.supabase.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.config.ConfigChange;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void jsonReadsBackAsTheSamePlan() {
        assertThat(PlanJson.read(PlanJson.write(Plans.full()))).isEqualTo(Plans.full());
        assertThat(PlanJson.read(PlanJson.write(Plans.empty()))).isEqualTo(Plans.empty());
    }

    @Test
    void jsonCarriesItsDigestAndWhetherItIsEmpty() throws Exception {
        JsonNode json = new JsonMapper().readTree(PlanJson.write(Plans.full()));
        assertThat(json.get("digest").asText()).isEqualTo(PlanJson.digest(Plans.full()));
        assertThat(json.get("empty").asBoolean()).isFalse();
        assertThat(json.get("formatVersion").asInt()).isEqualTo(1);
        assertThat(new JsonMapper().readTree(PlanJson.write(Plans.empty())).get("empty").asBoolean()).isTrue();
    }

    @Test
    void figuresThatChangeByThemselvesDoNotChangeTheDigest() {
        Plan plan = Plans.full();
        Plan later = new Plan(
                plan.environment(), plan.release(), plan.running(), 12, plan.migrations(), plan.config(), plan.secrets(),
                plan.buckets(), plan.functions(), plan.settings(), plan.drift(), List.of(), List.of(), null,
                List.of("other"));
        assertThat(PlanJson.digest(later)).isEqualTo(PlanJson.digest(plan));
    }

    @Test
    void whateverWouldBeDoneChangesTheDigest() {
        Plan plan = Plans.full();
        List<ConfigChange> config = new ArrayList<>(plan.config());
        config.set(0, new ConfigChange("auth", "auth.site_url", "https://old.example", "https://evil.example", false, false));
        Plan other = new Plan(
                plan.environment(), plan.release(), plan.running(), 12, plan.migrations(), config, plan.secrets(),
                plan.buckets(), plan.functions(), plan.settings(), plan.drift(), plan.refusals(), plan.findings(), null,
                List.of());
        assertThat(PlanJson.digest(other)).isNotEqualTo(PlanJson.digest(plan));
        assertThat(PlanJson.digest(Plans.empty())).isNotEqualTo(PlanJson.digest(plan));
    }

    @Test
    void whatStaysIsNothingToDo() {
        assertThat(Plans.empty().isEmpty()).isTrue();
        assertThat(Plans.full().isEmpty()).isFalse();
    }

    @Test
    void textBeginsWithTheWorstFindingsAndGivesEachAdviceOnce() {
        Plan plan = Plans.full();
        List<Finding> findings = List.of(
                new Finding("prefer-text", Severity.INFO, "1_a.sql", 1, "A length.", "Use text.", null),
                new Finding("drop-table", Severity.DANGER, "2_b.sql", 1, "Gone.", "Keep it.", "nobody needs it"),
                new Finding("prefer-text", Severity.INFO, "3_c.sql", 1, "A length.", "Use text.", null),
                new Finding("drop-column", Severity.DANGER, "4_d.sql", 1, "Gone, too.", "Keep it.", null));
        Plan found = new Plan(
                plan.environment(), plan.release(), plan.running(), 12, List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), findings, null, List.of());

        assertThat(PlanText.lines(found))
                .containsSubsequence(
                        "  ! danger [drop-column] 4_d.sql line 1: Gone, too.",
                        "      Keep it.",
                        "    info [prefer-text] 1_a.sql line 1: A length.",
                        "      Use text.",
                        "    info [prefer-text] 3_c.sql line 1: A length.",
                        "    drop-table waived in 2_b.sql line 1: nobody needs it")
                .containsOnlyOnce("      Use text.");
    }

    @Test
    void textNamesEveryChange() {
        assertThat(String.join("\n", PlanText.lines(Plans.full())))
                .contains("release 20261124T101500-1a2b3c4 (commit 1a2b3c4d5e of main), sha256 abababababab")
                .contains("running now: 20261120T080000-0a0b0c0 (commit 0a0b0c0d of main, with changes that are not committed)")
                .contains("+ 20261124000000_add.sql (3 statements, has a rollback file)")
                .contains("~ auth.site_url: https://old.example → https://new.example")
                .contains("~ auth.email.smtp.pass: changed")
                .contains("! auth.minimum_password_length: 12 → 8 (weaker)")
                .contains("~ STRIPE_KEY (from the credential stripe)")
                .contains("public: false → true")
                .contains("~ hello (version 7 runs): source")
                .contains("max_connections (sets pooler.default_pool_size): 15 → 20")
                .contains("drift: table public.polls: The column x was added.")
                .contains("! danger [index-without-concurrently] supabase/migrations/20261124000000_add.sql line 2:")
                .contains("ShareLock on public.votes (about 5,000,000 rows, 400,000 kB)")
                .contains("REFUSED: The environment \"production\" refuses 1 change of its settings.")
                .contains("note: Edge functions were not type-checked")
                .doesNotContain("same", "OLD");
    }

    @Test
    void nothingToDoIsSaid() {
        assertThat(String.join("\n", PlanText.lines(Plans.empty())))
                .contains("Nothing to do: production is what the release says (13 migrations applied, 1 edge function live).");
    }

    @Test
    void aPlanThatWasKeptBeforeRefusalsWereInPlansIsRead() {
        String older = PlanJson.write(Plans.empty()).replace("\"refusals\":[],", "");
        assertThat(older).doesNotContain("refusals");
        assertThat(PlanJson.read(older)).isEqualTo(Plans.empty());
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> PlanJson.read("{\"formatVersion\": 2}"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("newer version");
        assertThatThrownBy(() -> PlanJson.read("no")).isInstanceOf(DeliveryException.class);
    }
}
