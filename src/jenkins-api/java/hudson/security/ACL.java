package hudson.security;

import java.util.Collection;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

public abstract class ACL {
    public static final Authentication SYSTEM2 = new SystemAuthentication();

    public static boolean isAnonymous2(Authentication authentication) {
        return false;
    }

    private static final class SystemAuthentication implements Authentication {
        private static final long serialVersionUID = 1L;

        @Override
        public String getName() {
            return "SYSTEM";
        }

        @Override
        public Object getPrincipal() {
            return getName();
        }

        @Override
        public Object getCredentials() {
            return getName();
        }

        @Override
        public Object getDetails() {
            return null;
        }

        @Override
        public Collection<? extends GrantedAuthority> getAuthorities() {
            return List.of();
        }

        @Override
        public boolean isAuthenticated() {
            return true;
        }

        @Override
        public void setAuthenticated(boolean authenticated) {
            throw new IllegalArgumentException("SYSTEM is always authenticated");
        }
    }
}
