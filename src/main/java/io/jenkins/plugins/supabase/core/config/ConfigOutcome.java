package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.List;
import java.util.stream.Collectors;

/** What came of applying a plan, section by section in the order in which they were written. */
public record ConfigOutcome(List<Section> sections) {
    public ConfigOutcome {
        sections = List.copyOf(sections);
    }

    public enum State {
        /** Written, and read back as wanted. */
        LIVE,
        /** The API took it, but reading it back shows something else, or was not possible. */
        NOT_VERIFIED,
        /** Not known: the connection was lost or the API failed. */
        UNKNOWN,
        /** The API refused it, so that nothing of it changed. */
        REFUSED,
        /** Not tried, because an earlier section was not changed. */
        NOT_TRIED
    }

    /**
     * @param label   such as {@code auth}
     * @param keys    that were to change
     * @param problem null where there is none
     */
    public record Section(String label, State state, List<String> keys, String problem) {
        public Section {
            keys = List.copyOf(keys);
        }
    }

    public boolean isSuccess() {
        return sections.stream().allMatch(section -> section.state() == State.LIVE);
    }

    /** @throws DeliveryException that says what is live and what is not, where not everything is */
    public void requireSuccess() {
        if (isSuccess()) {
            return;
        }
        String problem = sections.stream()
                .filter(section -> section.problem() != null)
                .map(Section::problem)
                .findFirst()
                .orElse("The settings were not applied as a whole.");
        throw new DeliveryException(problem + " Of the settings to change, " + List.of(State.values()).stream()
                .map(this::told)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; ")) + ". Deploying again changes only what still differs.");
    }

    private String told(State state) {
        String keys = sections.stream()
                .filter(section -> section.state() == state)
                .flatMap(section -> section.keys().stream())
                .collect(Collectors.joining(", "));
        return keys.isEmpty() ? "" : switch (state) {
            case LIVE -> "live: " + keys;
            case NOT_VERIFIED -> "taken, but not read back as wanted: " + keys;
            case UNKNOWN -> "not known: " + keys;
            case REFUSED -> "as before: " + keys;
            case NOT_TRIED -> "not tried: " + keys;
        };
    }
}
