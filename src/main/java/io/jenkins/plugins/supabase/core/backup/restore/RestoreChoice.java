package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import java.io.Serializable;
import java.util.List;

/**
 * What of a backup is restored, and how.
 *
 * @param tables such as {@code public.orders}; empty for everything
 * @param masks  of columns, whose values do not reach the target
 */
public record RestoreChoice(List<String> tables, Masks masks) implements Serializable {
    public static final RestoreChoice EVERYTHING = new RestoreChoice(List.of(), Masks.NONE);

    private static final long serialVersionUID = 1L;

    public RestoreChoice {
        tables = List.copyOf(tables);
    }
}
