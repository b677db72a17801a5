package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Calls of live edge functions. The function itself does not run: the answer names its version, so that a test sees
 * which one is live. A preflight needs no token, but it is the function that answers it, so it must start: so in
 * {@code docker/volumes/functions/main/index.ts} of supabase/supabase, and the platform's guide to calling functions
 * asks each function to handle OPTIONS itself.
 */
final class FunctionEndpoints {
    void addTo(Routes routes) {
        routes.open("* /functions/v1/{slug}", this::call).open("* /functions/v1/{slug}/**", this::call);
    }

    private Reply call(Call call) {
        String slug = call.variable("slug");
        StandInFunctions functions = call.project().functions();
        StandInFunction function = functions.live(slug)
                .orElseThrow(() -> refusal(404, "NOT_FOUND", "Requested function was not found"));
        boolean preflight = call.request().method().equals("OPTIONS");
        if (!preflight && function.verifyJwt() && !isAuthorised(call)) {
            boolean given = call.request().header("Authorization").isPresent();
            throw refusal(
                    401,
                    given ? "UNAUTHORIZED_INVALID_JWT" : "UNAUTHORIZED_NO_AUTH_HEADER",
                    given ? "Invalid JWT" : "Missing authorization header");
        }
        if (functions.hasBootError(slug)) {
            throw refusal(503, "BOOT_ERROR", "Function failed to start (please check logs)");
        }
        if (preflight) {
            return Cors.preflight();
        }
        return Reply.ok(Json.object().put("slug", slug).put("version", function.version()))
                .with("x-served-by", "supabase-edge-runtime");
    }

    private static boolean isAuthorised(Call call) {
        ProjectKeys keys = call.project().keys();
        return keys.claims(call.request()).isPresent() || keys.roleOfKey(call.request()).isPresent();
    }

    private static Refusal refusal(int status, String code, String message) {
        ObjectNode body = Json.object().put("code", code).put("message", message);
        return new Refusal(Reply.json(status, body).with("sb-error-code", code));
    }
}
