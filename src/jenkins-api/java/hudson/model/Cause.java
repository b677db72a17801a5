package hudson.model;

import java.util.List;
import java.util.Objects;

public abstract class Cause {
    public abstract String getShortDescription();

    /** Nothing starts a build here but the one at the terminal. */
    public static class UpstreamCause extends Cause {
        private UpstreamCause() {}

        public List<Cause> getUpstreamCauses() {
            return List.of();
        }

        @Override
        public String getShortDescription() {
            return "Started by another build";
        }
    }

    public static class UserIdCause extends Cause {
        private final String userId;

        public UserIdCause(String userId) {
            this.userId = userId;
        }

        public String getUserId() {
            return userId;
        }

        @Override
        public String getShortDescription() {
            return "Started by user " + userId;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof UserIdCause other && Objects.equals(userId, other.userId);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(userId);
        }
    }
}
