package io.jenkins.plugins.supabase.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a demo claims, checked. */
final class Expectations {
    private final List<String> failed = new ArrayList<>();
    private final List<String> met = new ArrayList<>();

    void expect(String claim, Object expected, Object actual) {
        if (Objects.equals(expected, actual)) {
            met.add(claim);
        } else {
            failed.add(claim + ": expected " + expected + ", but was " + actual);
        }
    }

    void expect(String claim, boolean holds) {
        expect(claim, true, holds);
    }

    List<String> failed() {
        return failed;
    }

    List<String> met() {
        return met;
    }
}
