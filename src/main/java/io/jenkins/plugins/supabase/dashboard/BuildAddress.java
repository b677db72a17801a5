package io.jenkins.plugins.supabase.dashboard;

import java.util.List;
import jenkins.model.Jenkins;

/** Addresses of builds as ledgers keep them. Whoever may write a ledger can put anything there. */
final class BuildAddress {
    private BuildAddress() {}

    /** @return relative to the root of this Jenkins; null for a build of another one, and for no address */
    static String relative(String address) {
        String root = Jenkins.get().getRootUrl();
        if (address.startsWith("job/")) {
            return address;
        }
        return root != null && address.startsWith(root) ? address.substring(root.length()) : null;
    }

    /** @param place address of a folder relative to the root of this Jenkins; empty for Jenkins itself */
    static boolean isIn(String place, String address) {
        if (place.isEmpty()) {
            return true;
        }
        String relative = relative(address);
        return relative != null && relative.startsWith(place);
    }

    /** @return how addresses of builds in that place begin, as {@link #isIn} tells it of one */
    static List<String> beginnings(String place) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? List.of(place) : List.of(place, root + place);
    }

    /** @return what a link may lead to; null where it must not be one */
    static String link(String address) {
        return address.startsWith("https://") || address.startsWith("http://") ? address : null;
    }
}
