package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionScope;

public interface Item extends ModelObject, AccessControlled {
    Permission READ = Permission.READ;
    Permission CANCEL = new Permission(Permission.GROUP, "Cancel", null, null, PermissionScope.ITEM);

    String getUrl();
}
