package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.AuditFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which events somebody asked for, as it stands in an address. Null means any.
 *
 * @param environment whose chain; null for those of all
 * @param kind        a kind, or the beginning of one that ends with a dot
 * @param from        the first day, in UTC
 * @param until       the last day, in UTC
 * @param before      where the page begins
 */
public record AuditQuery(
        String environment, String kind, String actor, LocalDate from, LocalDate until, AuditCursor before) {
    static AuditQuery of(String environment, String kind, String actor, String from, String until, String before) {
        return new AuditQuery(
                Parameters.text(environment),
                Parameters.text(kind),
                Parameters.text(actor),
                day(from),
                day(until),
                AuditCursor.of(before));
    }

    private static LocalDate day(String text) {
        try {
            return Parameters.text(text) == null ? null : LocalDate.parse(text.trim());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * @param chain  the environment whose chain is asked
     * @param upTo   only events with a smaller number
     * @param builds beginnings of the addresses of builds; null for any event
     */
    AuditFilter filter(String chain, long upTo, List<String> builds, int limit) {
        return new AuditFilter(
                Math.min(before.before(chain), upTo),
                actor,
                kind,
                null,
                from == null ? null : start(from),
                until == null ? null : start(until.plusDays(1)),
                builds,
                limit);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** @return as the part of an address after the question mark, without where it begins */
    public String address() {
        StringBuilder address = new StringBuilder();
        add(address, "environment", environment);
        add(address, "kind", kind);
        add(address, "actor", actor);
        add(address, "from", from);
        add(address, "until", until);
        return address.toString();
    }

    private static void add(StringBuilder address, String name, Object value) {
        if (value != null) {
            address.append(address.length() == 0 ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }
}
