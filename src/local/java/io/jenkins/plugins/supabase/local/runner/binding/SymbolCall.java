package io.jenkins.plugins.supabase.local.runner.binding;

import java.util.Map;

/**
 * A describable that is named but not made yet, such as {@code folder(path: 'backups')}.
 *
 * @param arguments by name; a single one without a name is under {@link #SOLE}
 */
public record SymbolCall(String symbol, Map<String, ?> arguments) {
    public static final String SOLE = "<sole argument>";
}
