package io.jenkins.plugins.supabase.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    @Test
    void summaryNamesWhatWouldChangeAlone() {
        assertThat(new PlanView(Plans.of(2)).getSummary())
                .isEqualTo("2 migrations, 1 config key, 1 secret, 1 edge function");
        assertThat(new PlanView(Plans.empty()).getSummary()).isEqualTo("Nothing to do");
        assertThat(new PlanView(Plans.empty()).isNothingToDo()).isTrue();
    }

    @Test
    void theWorstComesFirstAndHintsAndAcceptedOnesAreApart() {
        PlanView view = new PlanView(Plans.of(1));

        assertThat(view.getConcerns())
                .extracting(finding -> finding.severity() + " " + view.level(finding))
                .containsExactly("DANGER danger", "WARNING warning");
        assertThat(view.getHints()).extracting(view::level).containsExactly("info");
        assertThat(view.getWaivedFindings())
                .extracting(finding -> finding.severity() + " " + view.level(finding))
                .containsExactly("DANGER waived");
        assertThat(view.getOpenDangers()).isEqualTo(1);
        assertThat(view.getBlockingDrift()).isEqualTo(1);
    }

    @Test
    void whatChangesIsApartFromWhatStays() {
        PlanView view = new PlanView(Plans.of(1));

        assertThat(view.getChangedFunctions()).extracting(function -> function.slug()).containsExactly("hello");
        assertThat(view.getOtherFunctions()).extracting(function -> function.slug()).containsExactly("same");
        assertThat(view.getSecrets()).extracting(secret -> secret.name()).containsExactly("STRIPE_KEY");
    }

    @Test
    void longTablesAreFoldedAndEndlessOnesCut() {
        PlanView view = new PlanView(Plans.empty());

        assertThat(view.opens(IntStream.range(0, 50).boxed().toList())).isTrue();
        assertThat(view.opens(IntStream.range(0, 51).boxed().toList())).isFalse();
        assertThat(view.rest(IntStream.range(0, 1_000).boxed().toList())).isZero();
        assertThat(view.first(IntStream.range(0, 1_300).boxed().toList())).hasSize(1_000);
        assertThat(view.rest(IntStream.range(0, 1_300).boxed().toList())).isEqualTo(300);
    }
}
