package io.jenkins.plugins.supabase.core.function;

import java.util.List;

/** Names under which a blue-green deployment runs a function beside itself. */
final class ShadowSlug {
    static final String NEXT = "--next";
    static final String PREVIOUS = "--previous";

    private ShadowSlug() {}

    static String next(String slug) {
        return slug + NEXT;
    }

    static String previous(String slug) {
        return slug + PREVIOUS;
    }

    static boolean isShadow(String slug) {
        return !base(slug).equals(slug);
    }

    /** @return the function that a shadow stands beside; the name itself where it is no shadow's */
    static String base(String slug) {
        for (String suffix : List.of(NEXT, PREVIOUS)) {
            if (slug.endsWith(suffix) && slug.length() > suffix.length()) {
                return slug.substring(0, slug.length() - suffix.length());
            }
        }
        return slug;
    }
}
