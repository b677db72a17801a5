package hudson.security;

public final class Permission {
    public final Class owner;
    public final String name;

    /** Jenkins' constructors want a group and a scope, which this plugin does not make yet. */
    private Permission(Class<?> owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    public static final Permission READ = new Permission(Permission.class, "Read");

    @Deprecated
    public static final Permission HUDSON_ADMINISTER = new Permission(Permission.class, "Administer");
}
