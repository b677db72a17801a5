package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;

/**
 * What a deployment left of one edge function. The ledger keeps it, so that the next plan recognises an unchanged
 * function, and a function that somebody else has changed meanwhile, by the list of functions alone.
 *
 * @param sourceDigest see {@link #digest}
 * @param version      that ran
 * @param ezbrSha256   SHA-256 of the bundle that ran; null where the platform gave none
 * @param verifyJwt    that was in force; null where the platform did not say
 */
public record RecordedFunction(
        String slug, String sourceDigest, int version, String ezbrSha256, Boolean verifyJwt) {
    /**
     * Reads every file.
     *
     * @return SHA-256 over all that makes a bundle, 64 hex digits. {@code verify_jwt} is no part of one: what the
     *     platform lists tells that.
     */
    static String digest(EdgeFunction function) {
        return function.withVerifyJwt(null).digest();
    }

    static RecordedFunction of(String sourceDigest, DeployedFunction live) {
        return new RecordedFunction(
                live.slug(), sourceDigest, live.version(), live.ezbrSha256(), live.verifyJwt());
    }

    /** @return whether this bundle still runs */
    boolean sameBundle(DeployedFunction live) {
        return version == live.version()
                && (ezbrSha256 == null || live.ezbrSha256() == null || ezbrSha256.equals(live.ezbrSha256()));
    }
}
