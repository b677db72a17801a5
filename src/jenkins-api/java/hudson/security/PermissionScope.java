package hudson.security;

import java.util.List;

public final class PermissionScope {
    public static final PermissionScope JENKINS = new PermissionScope();
    public static final PermissionScope ITEM_GROUP = new PermissionScope(JENKINS);
    public static final PermissionScope ITEM = new PermissionScope(ITEM_GROUP);

    private final List<PermissionScope> containers;

    private PermissionScope(PermissionScope... containers) {
        this.containers = List.of(containers);
    }

    public boolean isContainedBy(PermissionScope s) {
        return this == s || containers.stream().anyMatch(container -> container.isContainedBy(s));
    }
}
