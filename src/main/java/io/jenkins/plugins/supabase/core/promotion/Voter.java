package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody who decides, as the security realm knows them now.
 *
 * @param id       of the user, in the realm's own spelling
 * @param fullName as the user's page shows it; null where there is none
 * @param mails    addresses of the user
 * @param groups   that the user is in
 */
public record Voter(String id, String fullName, Set<String> mails, Set<String> groups) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Voter {
        mails = new TreeSet<>(mails);
        groups = new TreeSet<>(groups);
    }

    public static Voter of(String id, String... groups) {
        return new Voter(id, null, Set.of(), Set.of(groups));
    }

    /** @return whether a name of a rule, of a user or of a group, means this one */
    boolean isCalled(String name) {
        return id.equals(name) || groups.contains(name);
    }

    boolean isAnyOf(Collection<String> names) {
        return names.stream().anyMatch(this::isCalled);
    }

    /** Ids that differ in case alone are one person wherever that makes a gate stricter. */
    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
