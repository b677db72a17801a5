package io.jenkins.plugins.supabase.local.standin;

/** @param permission what a scoped access token needs, as the OpenAPI document names it; null where any caller may */
record Route(PathPattern pattern, String permission, Handler handler) {

    @FunctionalInterface
    interface Handler {
        Reply answer(Call call);
    }
}
