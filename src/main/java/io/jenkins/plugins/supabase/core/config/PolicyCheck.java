package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the policy of an environment does not allow. */
final class PolicyCheck {
    private static final String SITE = "auth.site_url";
    private static final Set<String> ADDRESSES =
            Set.of(SITE, "auth.additional_redirect_urls", "auth.webauthn.rp_origins");

    private final DeployPolicy policy;
    private final List<ConfigRefusal> refusals = new ArrayList<>();

    PolicyCheck(DeployPolicy policy) {
        this.policy = policy;
    }

    List<ConfigRefusal> refusals() {
        return refusals;
    }

    /** A production environment refuses them even where it has them already. */
    void checkAddresses(DeclaredValue declared, String shown) {
        if (!policy.production() || !ADDRESSES.contains(declared.key().key())) {
            return;
        }
        for (String address : ListTypes.entries(declared.value())) {
            boolean site = declared.key().key().equals(SITE);
            Optional<String> problem = Addresses.unfitForProduction(address)
                    .or(() -> site ? Addresses.noWebSite(address) : Optional.empty());
            problem.ifPresent(why -> refusals.add(new ConfigRefusal(
                    shown,
                    null,
                    declared.isHidden() ? null : address,
                    "in production, an address that " + why,
                    "Give production its own addresses in [remotes.<name>] of config.toml, or by a variable.")));
        }
    }

    /** @return whether the change lowers security, which is refused unless the policy allows it for this key */
    boolean checkWeakening(DeclaredValue declared, JsonNode has, String shown, String from, String to) {
        ConfigKey key = declared.key();
        boolean weakens = lowers(key, has, declared.value());
        if (weakens && !isAllowed(key.key()) && !isAllowed(shown)) {
            refusals.add(new ConfigRefusal(shown, to == null || from != null ? from : RemoteField.NOT_SET, to,
                    "lowers security",
                    "Keep what the project has, or let an administrator add the key to the environment's "
                            + "allowWeaker."));
        }
        return weakens;
    }

    private static boolean lowers(ConfigKey key, JsonNode has, JsonNode wanted) {
        try {
            return key.rule().lowers(key.type().meaning(has), key.type().meaning(wanted));
        } catch (IllegalArgumentException e) {
            // What the project has is of no form that is known, so that nothing says it is not stricter.
            return true;
        }
    }

    /** A pattern may end in {@code .*}, or be {@code *} alone. */
    private boolean isAllowed(String key) {
        return policy.allowWeaker().stream().anyMatch(allowed -> allowed.equals("*")
                || allowed.equals(key)
                || (allowed.endsWith(".*") && key.startsWith(allowed.substring(0, allowed.length() - 1))));
    }
}
