package io.jenkins.plugins.supabase.core.backup.retention;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Durations;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which backups are kept. Each rule keeps some, and what no rule keeps goes; whatever the rules say, the newest
 * backup and the newest verified one are kept. Periods are those of UTC, and within one the newest backup is kept; a
 * period without a backup does not count. Which of two backups is newer is told by their sequence, not by clocks.
 *
 * @param last    how many of the newest; 0 for none
 * @param daily   for how many days; 0 for none
 * @param weekly  for how many weeks, which begin on Monday; 0 for none
 * @param monthly for how many months; 0 for none
 * @param within  all whose snapshot is younger than that; null for none
 */
public record RetentionPolicy(int last, int daily, int weekly, int monthly, Duration within) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Set<String> RULES = Set.of("last", "daily", "weekly", "monthly", "within");

    /** @throws IllegalArgumentException when it has a negative rule, or none at all */
    public RetentionPolicy {
        boolean negative = last < 0 || daily < 0 || weekly < 0 || monthly < 0 || within != null && within.isNegative();
        boolean empty = last == 0 && daily == 0 && weekly == 0 && monthly == 0 && within == null;
        if (negative || empty) {
            throw new IllegalArgumentException("a retention needs at least one rule, and none below 0");
        }
    }

    /**
     * @param text rules with commas between them, such as {@code daily 7, weekly 4, monthly 12, last 3, within 48h}
     * @throws DeliveryException saying how to write them
     */
    public static RetentionPolicy parse(String text) {
        Map<String, String> rules = new HashMap<>();
        for (String rule : text.split(",", -1)) {
            String[] words = rule.strip().split("\\s+", 2);
            if (words.length != 2 || !RULES.contains(words[0]) || rules.put(words[0], words[1]) != null) {
                throw refused(text, "\"" + rule.strip() + "\" is none of its rules, or is there twice");
            }
        }
        try {
            return new RetentionPolicy(
                    number(rules, "last"), number(rules, "daily"), number(rules, "weekly"), number(rules, "monthly"),
                    rules.containsKey("within") ? Durations.parse(rules.get("within")) : null);
        } catch (IllegalArgumentException e) {
            throw refused(text, e.getMessage());
        }
    }

    private static int number(Map<String, String> rules, String rule) {
        return Integer.parseInt(rules.getOrDefault(rule, "0"));
    }

    private static DeliveryException refused(String text, String why) {
        return new DeliveryException("\"" + text + "\" says not which backups to keep: " + why + ". Nothing was"
                + " removed."
                + " Write rules as in: daily 7, weekly 4, monthly 12, last 3, within 48h.");
    }

    /**
     * A backup as rules look at it.
     *
     * @param verified whether the last verification that read its content found it sound
     * @param objects  whether it holds storage objects, which the next backup refers to
     */
    public record Candidate(String id, long sequence, Instant snapshotTime, boolean verified, boolean objects) {}

    /**
     * What becomes of a backup.
     *
     * @param reasons that keep it, such as {@code daily}; empty when it goes
     */
    public record Decision(Candidate backup, List<String> reasons) {
        public boolean isKept() {
            return !reasons.isEmpty();
        }
    }

    /** @return one decision each, the newest backup first */
    public List<Decision> decide(List<Candidate> backups, Instant now) {
        List<Candidate> newestFirst = new ArrayList<>(backups);
        newestFirst.sort(Comparator.comparingLong(Candidate::sequence).thenComparing(Candidate::id).reversed());
        Period days = new Period("daily", daily, ZonedDateTime::toLocalDate);
        Period weeks = new Period(
                "weekly", weekly, time ->
                        time.get(IsoFields.WEEK_BASED_YEAR) * 100 + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        Period months = new Period("monthly", monthly, time -> time.getYear() * 100 + time.getMonthValue());
        boolean verifiedSeen = false;
        boolean objectsSeen = false;
        List<Decision> decisions = new ArrayList<>();
        for (Candidate backup : newestFirst) {
            List<String> reasons = new ArrayList<>();
            if (decisions.isEmpty()) {
                reasons.add("newest");
            }
            if (backup.verified() && !verifiedSeen) {
                verifiedSeen = true;
                reasons.add("newest verified");
            }
            if (backup.objects() && !objectsSeen) {
                objectsSeen = true;
                reasons.add("newest with storage");
            }
            if (decisions.size() < last) {
                reasons.add("last");
            }
            if (within != null && backup.snapshotTime().isAfter(now.minus(within))) {
                reasons.add("within");
            }
            ZonedDateTime time = backup.snapshotTime().atZone(ZoneOffset.UTC);
            for (Period period : List.of(days, weeks, months)) {
                if (period.keeps(time)) {
                    reasons.add(period.name);
                }
            }
            decisions.add(new Decision(backup, List.copyOf(reasons)));
        }
        return decisions;
    }

    /** A rule that keeps one backup for each of so many periods. */
    private static final class Period {
        private final String name;
        private final int number;
        private final Function<ZonedDateTime, Object> of;
        private final Set<Object> seen = new HashSet<>();

        Period(String name, int number, Function<ZonedDateTime, Object> of) {
            this.name = name;
            this.number = number;
            this.of = of;
        }

        boolean keeps(ZonedDateTime time) {
            return seen.size() < number && seen.add(of.apply(time));
        }
    }
}
