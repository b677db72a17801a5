package io.jenkins.plugins.supabase.notice;

import io.jenkins.plugins.supabase.notice.GateNotice.Kind;
import java.time.Instant;
import java.util.List;

/** Notices about one promotion. */
final class Notices {
    private Notices() {}

    static GateNotice of(Kind kind) {
        return at("https://jenkins.example.com/job/votes/12/supabase-promotion/", kind);
    }

    static GateNotice at(String url, Kind kind) {
        return new GateNotice(
                kind,
                "production",
                "staging",
                "1.4.0",
                "votes » main #12",
                url,
                Instant.parse("2026-03-04T05:06:07Z"),
                Instant.parse("2026-03-07T05:06:07Z"),
                kind == Kind.DECIDED ? List.of() : List.of("1 more approval of managers", "an approval of the group dba"),
                kind == Kind.DECIDED ? "rejected by ada: \"not on a Friday\"" : "",
                false);
    }
}
