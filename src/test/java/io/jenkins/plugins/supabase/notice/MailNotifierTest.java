package io.jenkins.plugins.supabase.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailNotifierTest {
    private final MailNotifier mail = new MailNotifier();

    @Test
    void takesAddressesFromAFormAndFromAList() {
        mail.setRecipients(List.of("ada@example.com, bob@example.com"));
        assertThat(mail.getRecipients()).containsExactly("ada@example.com", "bob@example.com");
        assertThat(mail.getRecipientsText()).isEqualTo("ada@example.com, bob@example.com");
        assertThat(mail.problems()).isEmpty();
    }

    @Test
    void mailForNobodyIsRefused() {
        assertThat(mail.problems()).extracting(SettingProblem::message)
                .containsExactly("Say whom it goes to, such as release-managers@example.com.");
    }

    @Test
    void whatIsNoAddressIsNamed() {
        mail.setRecipients(List.of("ada@example.com", "bob"));

        assertThat(mail.problems()).extracting(SettingProblem::describe)
                .containsExactly("recipients: \"bob\" is no mail address. Write it as in release-managers@example.com.");
    }
}
