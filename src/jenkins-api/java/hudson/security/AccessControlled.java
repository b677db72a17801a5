package hudson.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Whoever runs a Jenkinsfile without a controller owns the machine that it runs on: nothing is forbidden. */
public interface AccessControlled {
    default boolean hasPermission(Permission permission) {
        return true;
    }

    default boolean hasPermission2(Authentication a, Permission permission) {
        return true;
    }

    default boolean hasAnyPermission(Permission... permissions) {
        return true;
    }

    default void checkPermission(Permission permission) throws AccessDeniedException {}

    default void checkAnyPermission(Permission... permissions) throws AccessDeniedException {}
}
