package io.jenkins.plugins.supabase.dashboard;

import jenkins.model.Jenkins;

/** Addresses inside of this Jenkins. */
final class Links {
    private Links() {}

    /** @param relative to the root of Jenkins */
    static String here(String relative) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "/" + relative : root + relative;
    }
}
