package io.jenkins.plugins.supabase.local.standin;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Personal access tokens: of full power, or scoped to some permissions. */
final class AccessTokens {
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** @param permissions null for all */
    record Grant(Set<String> permissions) {
        boolean allows(String permission) {
            return permission == null || permissions == null || permissions.contains(permission);
        }
    }

    String create(Set<String> permissions) {
        byte[] bytes = new byte[20];
        random.nextBytes(bytes);
        String token = "sbp_" + HexFormat.of().formatHex(bytes);
        add(token, permissions);
        return token;
    }

    void add(String token, Set<String> permissions) {
        grants.put(token, new Grant(permissions == null ? null : Set.copyOf(permissions)));
    }

    void revoke(String token) {
        grants.remove(token);
    }

    Optional<Grant> find(String token) {
        return Optional.ofNullable(grants.get(token));
    }
}
