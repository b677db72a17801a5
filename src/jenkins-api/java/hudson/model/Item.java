package hudson.model;

import hudson.security.Permission;

public interface Item extends ModelObject {
    Permission READ = Permission.READ;
}
