package jenkins.plugins.mailer.tasks;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;

public class MimeMessageBuilder {
    public MimeMessageBuilder() {
        throw withoutMail();
    }

    public MimeMessageBuilder setSubject(String subject) {
        throw withoutMail();
    }

    public MimeMessageBuilder setBody(String body) {
        throw withoutMail();
    }

    public MimeMessageBuilder addRecipients(String recipients) throws UnsupportedEncodingException {
        throw withoutMail();
    }

    public MimeMessage buildMimeMessage() throws MessagingException, UnsupportedEncodingException {
        throw withoutMail();
    }

    private static UnsupportedOperationException withoutMail() {
        return new UnsupportedOperationException("Without a controller there is no mail server");
    }
}
