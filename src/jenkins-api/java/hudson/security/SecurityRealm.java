package hudson.security;

import jenkins.model.IdStrategy;

public abstract class SecurityRealm {
    private SecurityRealm() {}

    public IdStrategy getUserIdStrategy() {
        throw new UnsupportedOperationException("There is no security realm without a controller");
    }

    public IdStrategy getGroupIdStrategy() {
        throw new UnsupportedOperationException("There is no security realm without a controller");
    }
}
