package io.jenkins.plugins.supabase.config;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/**
 * Who may do what to environments. All but {@link #CONFIGURE} can be given for the whole of Jenkins, a folder or a job.
 * Their texts are in {@code Permissions.properties}.
 */
public final class Permissions {
    public static final PermissionGroup GROUP = new PermissionGroup(Permissions.class, text("group"));

    /** To change environments, gates and destinations. */
    public static final Permission CONFIGURE =
            new Permission(GROUP, "Configure", text("configure"), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** To promote past conditions of a gate, with a reason. */
    public static final Permission EMERGENCY_PROMOTE = ofJobs("EmergencyPromote", "emergencyPromote", Jenkins.ADMINISTER);

    /** To start promotions and to decide about them, where the gate lists the user. */
    public static final Permission PROMOTE = ofJobs("Promote", "promote", EMERGENCY_PROMOTE);

    /** To deploy a release to an environment, and to take it back. */
    public static final Permission DEPLOY = ofJobs("Deploy", "deploy", Jenkins.ADMINISTER);

    /** To put a backup in the place of an environment's data. */
    public static final Permission RESTORE = ofJobs("Restore", "restore", Jenkins.ADMINISTER);

    public static final Permission BACKUP = ofJobs("Backup", "backup", RESTORE);

    /** To see environments, their history and their audit events; ask {@link #mayView}. */
    public static final Permission VIEW = ofJobs("View", "view", Jenkins.ADMINISTER);

    private static final Permission[] SEEING = {VIEW, DEPLOY, PROMOTE, BACKUP, RESTORE, CONFIGURE};

    private Permissions() {}

    /**
     * Jenkins lists only permissions of classes that are in use: called while it starts, before anybody configures who
     * has them.
     */
    static void register() {
        // Loading this class is all.
    }

    private static Permission ofJobs(String name, String key, Permission impliedBy) {
        return new Permission(GROUP, name, text(key), impliedBy, PermissionScope.ITEM);
    }

    private static Localizable text(String key) {
        return new Localizable(ResourceBundleHolder.get(Permissions.class), key);
    }

    /** @return whether the current user may see environments there: whoever may change one may see it */
    public static boolean mayView(AccessControlled place) {
        return place.hasAnyPermission(SEEING);
    }

    /** @return each is enough to see environments */
    public static Permission[] seeing() {
        return SEEING.clone();
    }

    /** @throws org.springframework.security.access.AccessDeniedException unless {@link #mayView} */
    public static void checkView(AccessControlled place) {
        place.checkAnyPermission(SEEING);
    }
}
