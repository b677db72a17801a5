package io.jenkins.plugins.supabase.core.health;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one edge function is asked whether it is there.
 *
 * <p>The default is a bare {@code OPTIONS}. By the rules of HTTP it has no effect, so that a function that works on
 * {@code GET} or {@code POST} is not set to work by a probe; and the platform lets it through to the function without
 * a token even under {@code verify_jwt} (self-hosted stacks: {@code docker/volumes/functions/main/index.ts} of
 * supabase/supabase), so that the answer comes from the started function: an import that cannot be resolved shows up
 * as 503 {@code BOOT_ERROR}, which a {@code GET} without a token would hide behind a 401. It carries neither an
 * {@code Origin} nor an {@code Access-Control-Request-Method}, because a gateway answers a complete preflight itself.
 *
 * @param slug     the function's name in the URL
 * @param method   {@code OPTIONS}, {@code GET}, {@code POST} …; sent without a body and without a key
 * @param accepted statuses that count as healthy; empty: every status but 402, 404, 405, 429 and 5xx, so a 401 counts
 *                 as reachable
 */
public record FunctionProbe(String slug, String method, Set<Integer> accepted) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Set<Integer> NEVER_FINE = Set.of(402, 404, 405, 429);

    public FunctionProbe {
        accepted = new TreeSet<>(accepted);
    }

    public FunctionProbe(String slug) {
        this(slug, "OPTIONS", Set.of());
    }

    boolean accepts(int status) {
        return accepted.isEmpty() ? status < 500 && !NEVER_FINE.contains(status) : accepted.contains(status);
    }
}
