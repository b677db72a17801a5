package io.jenkins.plugins.supabase.core.ledger;

/**
 * A page of a ledger's deployments in some order. It begins after a deployment rather than at an offset, so that its cost
 * does not grow with its distance from the first page.
 *
 * @param after id of the last deployment of the page before; 0 for the first page
 * @param limit deployments of a page, from 1
 */
public record HistoryQuery(Order order, boolean descending, long after, int limit) {
    private static final String DEPLOYMENTS = "supabase_delivery.deployments";
    private static final String RELEASES = "supabase_delivery.releases";

    /** What deployments can be ordered by; equal ones by their number. */
    public enum Order {
        NUMBER("0"),
        VERSION("r.version COLLATE \"C\""),
        ACTOR("b.actor COLLATE \"C\""),
        STATE("b.state COLLATE \"C\""),
        DURATION("coalesce(b.ended_at, b.heartbeat_at) - b.started_at");

        private final String key;

        Order(String key) {
            this.key = key;
        }
    }

    public HistoryQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("A page has at least one deployment, not " + limit);
        }
    }

    /** @return the newest first */
    public static HistoryQuery newest(int limit) {
        return new HistoryQuery(Order.NUMBER, true, 0, limit);
    }

    /** @return ids and nothing else, so that an index alone is looked at where there is one for the order */
    String sql() {
        return switch (order) {
            case NUMBER -> byKey("b.id", after == 0 ? "" : " WHERE b.id" + beyond() + after);
            case VERSION -> byVersion();
            default -> byKey(
                    order.key + direction() + ", b.id",
                    after == 0
                            ? ""
                            : " WHERE (" + order.key + ", b.id)" + beyond() + "(SELECT " + order.key + ", b.id FROM "
                                    + DEPLOYMENTS + " b WHERE b.id = " + after + ")");
        };
    }

    private String byKey(String keys, String start) {
        return "SELECT b.id FROM " + DEPLOYMENTS + " b" + start + " ORDER BY " + keys + direction() + " LIMIT " + limit;
    }

    /**
     * Of each release a page's worth at most, release by release in the order of their versions, until the page is full: the
     * versions are in another table, so that no index has this order.
     */
    private String byVersion() {
        String start = "";
        String within = "";
        if (after > 0) {
            String version = "(SELECT " + order.key + " FROM " + RELEASES + " r JOIN " + DEPLOYMENTS
                    + " a ON a.release_digest = r.digest WHERE a.id = " + after + ")";
            start = " WHERE " + order.key + beyond().stripTrailing() + "= " + version;
            // What lies beyond anyway is left as it is by a number that all are beyond of.
            within = " AND b.id" + beyond() + "CASE WHEN " + order.key + " = " + version + " THEN " + after + " ELSE "
                    + (descending ? Long.MAX_VALUE : 0) + " END";
        }
        return "SELECT d.id FROM " + RELEASES + " r CROSS JOIN LATERAL (SELECT b.id FROM " + DEPLOYMENTS
                + " b WHERE b.release_digest = r.digest" + within + " ORDER BY b.id" + direction() + " LIMIT " + limit
                + ") d" + start + " ORDER BY " + order.key + direction() + ", d.id" + direction() + " LIMIT " + limit;
    }

    private String direction() {
        return descending ? " DESC" : "";
    }

    private String beyond() {
        return descending ? " < " : " > ";
    }
}
