package io.jenkins.plugins.supabase.pages;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.time.Instant;
import java.util.List;
import org.springframework.security.core.Authentication;

/** Knows promotions that wait for people. Asked for every view of a page, so it must answer from memory. */
public interface WaitingGates extends ExtensionPoint {
    List<WaitingGate> waiting();

    static List<WaitingGate> all() {
        return ExtensionList.lookup(WaitingGates.class).stream()
                .flatMap(gates -> gates.waiting().stream())
                .toList();
    }

    /** A promotion that waits. */
    interface WaitingGate {
        /** @return name of the environment that is promoted to */
        String environment();

        /** @return name of the environment whose release is promoted */
        String from();

        String releaseVersion();

        /** @return the page to decide on, relative to Jenkins, such as {@code job/a/12/supabase-promotion/} */
        String url();

        Instant since();

        /** @return null where it waits for ever */
        Instant expires();

        boolean mayDecide(Authentication user);
    }
}
