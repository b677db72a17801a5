package io.jenkins.plugins.supabase.local.standin;

import java.util.Map;

/** A request that has found its route: {@code project} is the one that the path or the port names, or null. */
record Call(Request request, Map<String, String> variables, StandInProject project) {

    String variable(String name) {
        return variables.get(name);
    }
}
