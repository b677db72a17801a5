package io.jenkins.plugins.supabase.core.function;

import java.util.List;
import java.util.Map;

/**
 * What a blue-green deployment switched: the ledger keeps it for {@link BlueGreen#switchBack}.
 *
 * @param replaced slugs whose version before runs on as {@code <slug>--previous}, sorted
 * @param created  slugs that did not exist, sorted
 * @param lost     why the version before could not be kept beside, by slug, as it reads after "because"
 */
public record BlueGreenSwitch(List<String> replaced, List<String> created, Map<String, String> lost) {
    public BlueGreenSwitch {
        replaced = List.copyOf(replaced);
        created = List.copyOf(created);
        lost = Map.copyOf(lost);
    }

    /** @return a sentence for each function that has no version to switch back to */
    public List<String> warnings() {
        return lost.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "The edge function %s has no %s to switch back to, because %s."
                        .formatted(entry.getKey(), ShadowSlug.previous(entry.getKey()), entry.getValue()))
                .toList();
    }
}
