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
    private static final String USER = "user:";
    private static final String GROUP = "group:";

    public Voter {
        mails = new TreeSet<>(mails);
        groups = new TreeSet<>(groups);
    }

    public static Voter of(String id, String... groups) {
        return new Voter(id, null, Set.of(), Set.of(groups));
    }

    /** @return whether a name of a rule means this one: {@code user:ada}, {@code group:dba}, or either without a prefix */
    boolean isCalled(String name) {
        if (name.startsWith(USER)) {
            return id.equals(name.substring(USER.length()));
        }
        return isIn(name) || id.equals(name);
    }

    /** @param name of a group, with or without the prefix {@code group:} */
    boolean isIn(String name) {
        return groups.contains(withoutPrefix(name));
    }

    /** @return the name that the security realm knows */
    public static String withoutPrefix(String name) {
        return name.startsWith(USER) || name.startsWith(GROUP) ? name.substring(name.indexOf(':') + 1) : name;
    }

    boolean isAnyOf(Collection<String> names) {
        return names.stream().anyMatch(this::isCalled);
    }

    /** Ids that differ in case alone are one person wherever that makes a gate stricter. */
    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
