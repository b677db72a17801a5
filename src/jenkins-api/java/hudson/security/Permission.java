package hudson.security;

import org.jvnet.localizer.Localizable;

public final class Permission {
    public static final PermissionGroup GROUP = new PermissionGroup(Permission.class, null);
    public static final Permission READ = new Permission(GROUP, "Read", null, null, PermissionScope.JENKINS);

    @Deprecated
    public static final Permission HUDSON_ADMINISTER =
            new Permission(GROUP, "Administer", null, null, PermissionScope.JENKINS);

    public final Class owner;
    public final PermissionGroup group;
    public final String name;
    public final Localizable description;
    public final Permission impliedBy;

    private final PermissionScope scope;

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {
        this.owner = group.owner;
        this.group = group;
        this.name = name;
        this.description = description;
        this.impliedBy = impliedBy;
        this.scope = scope;
    }

    public boolean isContainedBy(PermissionScope s) {
        return scope.isContainedBy(s);
    }

    public String getId() {
        return owner.getName() + "." + name;
    }
}
