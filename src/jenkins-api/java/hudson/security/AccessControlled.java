package hudson.security;

/** Whoever runs a Jenkinsfile without a controller owns the machine that it runs on: nothing is forbidden. */
public interface AccessControlled {
    default boolean hasPermission(Permission permission) {
        return true;
    }

    default void checkPermission(Permission permission) {}
}
