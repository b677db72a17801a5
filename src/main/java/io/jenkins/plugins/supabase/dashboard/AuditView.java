package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * A page of audit events, the newest first.
 *
 * @param environment whose chain it is; null for those of all
 * @param kinds       all that there are, to choose from
 * @param head        number and hash of the chain's last event; null where a page is not of one whole chain
 * @param next        where the next page begins; null where this is the last
 * @param problems    one for each ledger that could not be read
 */
public record AuditView(
        String environment, List<String> kinds, List<Row> rows, String head, String next, List<String> problems) {
    static final int PAGE = 100;

    private static final String PROMOTION = "promotion.";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * An event.
     *
     * @param at        in ISO form
     * @param emergency whether it tells of a promotion that goes past conditions of a gate
     */
    public record Row(
            String environment,
            long seq,
            String at,
            String actor,
            String kind,
            String subject,
            String payload,
            String hash,
            String id,
            boolean emergency) {
        static Row of(String environment, AuditEntry entry) {
            return new Row(
                    environment,
                    entry.seq(),
                    entry.at().toString(),
                    entry.actor(),
                    entry.kind(),
                    entry.subject(),
                    entry.payloadJson(),
                    entry.hash(),
                    entry.id().toString(),
                    entry.kind().startsWith(PROMOTION) && tellsOfEmergency(entry.payloadJson()));
        }

        private static boolean tellsOfEmergency(String payload) {
            try {
                return JSON.readTree(payload).hasNonNull("emergencyReason");
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the database has checked that it is JSON", e);
            }
        }
    }

    /** Where one chain is, while several become one page. */
    private record Place(AuditChain chain, int index) implements Comparable<Place> {
        AuditEntry entry() {
            return chain.entries().get(index);
        }

        @Override
        public int compareTo(Place other) {
            return other.entry().at().compareTo(entry().at());
        }
    }

    /**
     * Puts chains together by time. Each stays in its own order, whatever clocks say.
     *
     * @param from where this page began
     */
    static AuditView of(String environment, List<AuditChain> chains, boolean whole, AuditCursor from) {
        PriorityQueue<Place> places = new PriorityQueue<>();
        chains.stream().filter(chain -> !chain.entries().isEmpty()).forEach(chain -> places.add(new Place(chain, 0)));
        List<Row> rows = new ArrayList<>();
        Map<String, Long> last = new HashMap<>();
        while (rows.size() < PAGE && !places.isEmpty()) {
            Place place = places.poll();
            String name = place.chain().environment();
            rows.add(Row.of(name, place.entry()));
            last.put(name, place.entry().seq());
            if (place.index() + 1 < place.chain().entries().size()) {
                places.add(new Place(place.chain(), place.index() + 1));
            }
        }
        AuditCursor next = from;
        for (Map.Entry<String, Long> shown : last.entrySet()) {
            next = next.with(shown.getKey(), shown.getValue());
        }
        return new AuditView(
                environment,
                chains.stream().flatMap(chain -> chain.kinds().stream()).distinct().sorted().toList(),
                rows,
                whole && chains.size() == 1 ? chains.get(0).head() : null,
                places.isEmpty() ? null : next.text(),
                chains.stream().map(AuditChain::problem).filter(Objects::nonNull).toList());
    }

    /** @return whether none of the ledgers could be read */
    public boolean isUnreadable() {
        return rows.isEmpty() && !problems.isEmpty();
    }
}
