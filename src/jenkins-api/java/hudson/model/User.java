package hudson.model;

import org.springframework.security.core.Authentication;

/** Nobody logs in where there is no controller. */
public class User {
    private User() {}

    public static User get2(Authentication a) {
        return null;
    }

    public static User getById(String id, boolean create) {
        return null;
    }

    public Authentication impersonate2() {
        throw new UnsupportedOperationException("There are no users without a controller");
    }

    public String getId() {
        throw new UnsupportedOperationException("There are no users without a controller");
    }

    public String getFullName() {
        throw new UnsupportedOperationException("There are no users without a controller");
    }
}
