package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an emergency goes past. Who may call one is a permission; it always needs a reason, and is told wherever the
 * promotion is.
 *
 * @param approvals how many are needed at most, instead of those of the gate; still of the gate's approvers, and never
 *     the starter's own where the gate refuses that
 */
public record EmergencyRule(Set<Condition> overrides, int approvals) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Goes past soak and freeze, with one approval. */
    public static final EmergencyRule DEFAULT = new EmergencyRule(EnumSet.of(Condition.SOAK, Condition.FREEZE), 1);

    public EmergencyRule {
        overrides = overrides.isEmpty() ? EnumSet.noneOf(Condition.class) : EnumSet.copyOf(overrides);
        for (Condition condition : overrides) {
            if (!condition.overridable()) {
                throw new IllegalArgumentException("\"" + condition.word() + "\" holds in an emergency, too. What one"
                        + " can go past: " + words(overridable()) + ".");
            }
        }
        if (approvals < 0) {
            throw new IllegalArgumentException("approvals is " + approvals + ", but must be 0 or more");
        }
    }

    public static Set<Condition> overridable() {
        EnumSet<Condition> conditions = EnumSet.allOf(Condition.class);
        conditions.removeIf(condition -> !condition.overridable());
        return conditions;
    }

    static String words(Collection<Condition> conditions) {
        return conditions.stream().map(Condition::word).collect(Collectors.joining(", "));
    }
}
