package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.HistoryQuery;
import io.jenkins.plugins.supabase.core.ledger.HistoryQuery.Order;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A page of the deployments of one environment.
 *
 * @param order   in lower case
 * @param next    where the next page begins after; 0 where this is the last one
 * @param problem why there are none; null where there are
 */
public record History(String order, boolean descending, List<HistoryRow> rows, long next, String problem) {
    static final int PAGE = 50;

    /**
     * The newest deployments come from memory; all else is asked of the ledger.
     *
     * @param after see {@link HistoryQuery}
     */
    static History of(Snapshot snapshot, Viewer viewer, Order order, boolean descending, long after) {
        HistoryQuery query = new HistoryQuery(order, descending, after, PAGE + 1);
        try {
            List<Deployment> found = isInMemory(snapshot, query)
                    ? snapshot.summary().recent()
                    : LedgerAccess.page(
                            snapshot.environment(), reader -> reader.overview().history(query));
            List<Deployment> shown = found.subList(0, Math.min(PAGE, found.size()));
            boolean more = found.size() > PAGE
                    || found.size() == PAGE && found == snapshot.summary().recent();
            return new History(
                    word(order),
                    descending,
                    shown.stream()
                            .map(deployment -> HistoryRow.of(snapshot.name(), deployment, viewer))
                            .toList(),
                    more ? shown.get(shown.size() - 1).id() : 0,
                    null);
        } catch (DeliveryException e) {
            return new History(word(order), descending, List.of(), 0, e.getMessage());
        }
    }

    private static boolean isInMemory(Snapshot snapshot, HistoryQuery query) {
        return snapshot.takenAt() != null && query.equals(HistoryQuery.newest(PAGE + 1));
    }

    private static String word(Order order) {
        return order.name().toLowerCase(Locale.ROOT);
    }

    /** @return whether the table is in the order of that column: ascending, descending or none */
    public String sorted(String column) {
        return Objects.equals(order, column) ? descending ? "descending" : "ascending" : "none";
    }

    /** @return the address of the table in the order of that column, or the other way round where it is so already */
    public String sort(String column) {
        boolean down = Objects.equals(order, column) ? !descending : column.equals("number");
        return "?sort=" + column + "&descending=" + down;
    }

    public String older() {
        return "?sort=" + order + "&descending=" + descending + "&after=" + next;
    }
}
