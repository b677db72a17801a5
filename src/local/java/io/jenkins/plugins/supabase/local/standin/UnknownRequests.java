package io.jenkins.plugins.supabase.local.standin;

import java.util.ArrayList;
import java.util.List;

final class UnknownRequests {
    private final List<String> lines = new ArrayList<>();

    synchronized Reply refuse(Request request) {
        lines.add(request.method() + " " + request.path());
        return Reply.message(404, "Cannot " + request.method() + " " + request.path());
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
