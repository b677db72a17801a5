package io.jenkins.plugins.supabase.core.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names what is unhealthy in a few words: rows with one reason together, of long reasons the first sentence. */
final class Failures {
    private static final int MOST_REASONS = 5;
    private static final int MOST_NAMES = 5;

    private Failures() {}

    /** @return such as {@code rest, auth (answered 503); function a (404)} */
    static String named(List<ProbeResult> probes) {
        Map<String, List<String>> namesByReason = new LinkedHashMap<>();
        for (ProbeResult probe : probes) {
            namesByReason.computeIfAbsent(firstSentence(probe.detail()), reason -> new ArrayList<>()).add(probe.name());
        }
        List<String> groups = new ArrayList<>();
        namesByReason.forEach((reason, names) -> groups.add(some(names, MOST_NAMES, ", ") + " (" + reason + ")"));
        return some(groups, MOST_REASONS, "; ");
    }

    private static String some(List<String> parts, int most, String separator) {
        String text = String.join(separator, parts.subList(0, Math.min(most, parts.size())));
        return parts.size() <= most ? text : text + separator + "and " + (parts.size() - most) + " more";
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end);
    }
}
