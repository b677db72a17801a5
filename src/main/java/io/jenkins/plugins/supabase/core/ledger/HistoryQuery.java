package io.jenkins.plugins.supabase.core.ledger;

/**
 * A page of a ledger's deployments in some order. It begins after a deployment rather than at an offset, so that its cost
 * does not grow with its distance from the first page.
 *
 * @param after id of the last deployment of the page before; 0 for the first page
 * @param limit deployments of a page, from 1
 */
public record HistoryQuery(Order order, boolean descending, long after, int limit) {
    /** What deployments can be ordered by; equal ones by their number. */
    public enum Order {
        NUMBER("0"),
        VERSION("r.version COLLATE \"C\""),
        ACTOR("b.actor COLLATE \"C\""),
        STATE("b.state"),
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

    /** @return ids and nothing else, so that the table alone is looked at, by its index where that is possible */
    String sql() {
        String direction = descending ? " DESC" : "";
        String beyond = descending ? " < " : " > ";
        boolean plain = order == Order.NUMBER;
        String from = " FROM supabase_delivery.deployments b"
                + (order == Order.VERSION ? " JOIN supabase_delivery.releases r ON r.digest = b.release_digest" : "");
        String start = "";
        if (after > 0) {
            start = plain
                    ? " WHERE b.id" + beyond + after
                    : " WHERE (" + order.key + ", b.id)" + beyond + "(SELECT " + order.key + ", b.id" + from
                            + " WHERE b.id = " + after + ")";
        }
        return "SELECT b.id" + from + start + " ORDER BY " + (plain ? "" : order.key + direction + ", ") + "b.id"
                + direction + " LIMIT " + limit;
    }
}
