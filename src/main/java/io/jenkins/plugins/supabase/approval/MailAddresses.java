package io.jenkins.plugins.supabase.approval;

import hudson.model.User;
import hudson.tasks.Mailer;
import java.util.Set;

/** What users told Jenkins' plugin Mailer; without that plugin nobody told anything. */
final class MailAddresses {
    private static final boolean MAILER_IS_THERE = isThere();

    private MailAddresses() {}

    private static boolean isThere() {
        try {
            Class.forName("hudson.tasks.Mailer$UserProperty", false, MailAddresses.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Only what is written down: to ask a directory server for more would take its time for every view of a page. */
    static Set<String> of(User user) {
        return MAILER_IS_THERE ? OfMailer.of(user) : Set.of();
    }

    /** Loaded only where the plugin is there. */
    private static final class OfMailer {
        static Set<String> of(User user) {
            Mailer.UserProperty property = user.getProperty(Mailer.UserProperty.class);
            String address = property == null ? null : property.getExplicitlyConfiguredAddress();
            return address == null || address.isBlank() ? Set.of() : Set.of(address.strip());
        }
    }
}
