package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.pages.WaitingGates.WaitingGate;
import org.springframework.security.core.Authentication;

/**
 * Who looks at environments, and from where.
 *
 * @param place address of the folder relative to the root of Jenkins; empty for Jenkins itself: builds outside of it are
 *     not linked to
 */
record Viewer(Authentication user, String place) {
    boolean seesBuild(String address) {
        return BuildAddress.isIn(place, address);
    }

    boolean sees(WaitingGate gate) {
        return gate.url().startsWith(place);
    }

    /** @return null where there is none, or it is outside of the place */
    String link(String buildAddress) {
        return seesBuild(buildAddress) ? BuildAddress.link(buildAddress) : null;
    }
}
