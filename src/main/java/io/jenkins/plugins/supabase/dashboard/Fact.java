package io.jenkins.plugins.supabase.dashboard;

import java.time.Instant;

/**
 * A line of an environment's card.
 *
 * @param key    the same for the same line of every card
 * @param value  the most important, in a few words
 * @param detail may be empty
 * @param level  ok, change, warning or danger; empty for a value that is neither good nor bad
 * @param link   null for none
 * @param at     in ISO form; null for none
 */
public record Fact(String key, String label, String value, String detail, String level, String link, String at) {
    static Fact of(String key, String label, String value, String level) {
        return new Fact(key, label, value, "", level, null, null);
    }

    /** @return red, and in words */
    Fact inEmergency() {
        return new Fact(key, label, value + ", EMERGENCY", detail, Levels.DANGER, link, at);
    }

    Fact withDetail(String text) {
        return new Fact(key, label, value, text, level, link, at);
    }

    Fact withLink(String address) {
        return new Fact(key, label, value, detail, level, address, at);
    }

    Fact withTime(Instant time) {
        return new Fact(key, label, value, detail, level, link, time == null ? null : time.toString());
    }
}
