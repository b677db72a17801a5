package hudson.model;

import hudson.security.ACL;
import org.springframework.security.core.Authentication;

/** Nobody logs in where there is no controller; who somebody is, is what they say. */
public class User {
    private final String id;

    private User(String id) {
        this.id = id;
    }

    public static User get2(Authentication a) {
        return null;
    }

    public static User getById(String id, boolean create) {
        return new User(id);
    }

    /** Whoever runs a Jenkinsfile without a controller owns the machine that it runs on. */
    public Authentication impersonate2() {
        return ACL.SYSTEM2;
    }

    /** @return null: nobody has told this process more of themselves than their id */
    public <T extends UserProperty> T getProperty(Class<T> clazz) {
        return null;
    }

    public String getId() {
        return id;
    }

    public String getFullName() {
        return id;
    }
}
