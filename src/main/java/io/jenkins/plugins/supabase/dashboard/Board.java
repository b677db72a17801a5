package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.pages.WaitingGates;
import io.jenkins.plugins.supabase.pages.WaitingGates.WaitingGate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that the page of environments shows at first, made from memory alone.
 *
 * @param history the newest deployments of all environments, the newest first
 * @param page    of the history, from 1
 */
public record Board(List<Card> cards, List<HistoryRow> history, int page, int pages) {
    static final int PAGE = 25;

    private record Entry(String environment, Deployment deployment) {}

    /** @param page of the history, from 1 */
    static Board of(List<Snapshot> snapshots, Viewer viewer, int page) {
        List<WaitingGate> gates = WaitingGates.all();
        ControllerNews news = ControllerNews.get();
        List<Entry> entries = snapshots.stream()
                .flatMap(snapshot -> entries(snapshot, viewer))
                .sorted(Comparator.comparing((Entry entry) -> entry.deployment().startedAt()).reversed())
                .toList();
        int pages = Math.max(1, (entries.size() + PAGE - 1) / PAGE);
        int shown = Math.min(Math.max(1, page), pages);
        return new Board(
                snapshots.stream()
                        .map(snapshot -> Card.of(snapshot, news.drift(snapshot.name()), gates, viewer))
                        .toList(),
                entries.subList((shown - 1) * PAGE, Math.min(shown * PAGE, entries.size())).stream()
                        .map(entry -> HistoryRow.of(entry.environment(), entry.deployment(), viewer))
                        .toList(),
                shown,
                pages);
    }

    private static Stream<Entry> entries(Snapshot snapshot, Viewer viewer) {
        return snapshot.summary().recent().stream()
                .filter(deployment -> viewer.seesBuild(deployment.buildUrl()))
                .map(deployment -> new Entry(snapshot.name(), deployment));
    }
}
