package hudson.tasks;

public class Mailer {
    private Mailer() {}

    public static class UserProperty extends hudson.model.UserProperty {
        private final String emailAddress;

        public UserProperty(String emailAddress) {
            this.emailAddress = emailAddress;
        }

        public String getExplicitlyConfiguredAddress() {
            return emailAddress;
        }
    }
}
