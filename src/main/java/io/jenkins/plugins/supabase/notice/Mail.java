package io.jenkins.plugins.supabase.notice;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.io.IOException;
import jenkins.plugins.mailer.tasks.MimeMessageBuilder;

/** Sends mail the way that Jenkins' plugin Mailer is configured to; nothing else here needs that plugin. */
final class Mail {
    private Mail() {}

    /** @return whether the plugin Mailer is there */
    static boolean isThere() {
        try {
            Class.forName("jenkins.plugins.mailer.tasks.MimeMessageBuilder", false, Mail.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * @param recipients addresses, separated by commas
     * @throws IOException saying why the mail server did not take it
     */
    static void send(String recipients, String subject, String body) throws IOException {
        try {
            Transport.send(new MimeMessageBuilder()
                    .addRecipients(recipients)
                    .setSubject(subject)
                    .setBody(body)
                    .buildMimeMessage());
        } catch (MessagingException e) {
            throw new IOException("Jenkins' mail server did not take it: " + e.getMessage(), e);
        }
    }
}
