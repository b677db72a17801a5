package jenkins.model;

import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import java.io.File;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.Authentication;

/** Where extensions are found. There is one a process; it has no jobs, no users and no home directory. */
public class Jenkins implements ItemGroup<TopLevelItem>, AccessControlled {
    public static final Permission ADMINISTER = Permission.HUDSON_ADMINISTER;

    private static final Jenkins INSTANCE = new Jenkins();

    public transient ProxyConfiguration proxy;

    private final Map<Class<?>, ExtensionList<?>> extensionLists = new ConcurrentHashMap<>();

    Jenkins() {}

    /** @return that builds run as the system where nobody decided otherwise */
    public static Authentication getAuthentication2() {
        return ACL.SYSTEM2;
    }

    public static Jenkins get() {
        return INSTANCE;
    }

    @SuppressWarnings("unchecked")
    public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
        return (ExtensionList<T>) extensionLists.computeIfAbsent(extensionType, t -> ExtensionList.create(this, t));
    }

    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        for (Descriptor<?> descriptor : getExtensionList(Descriptor.class)) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        throw new AssertionError(type + " is missing its descriptor");
    }

    /** @return null: without a controller there are no jobs */
    public Item getItemByFullName(String fullName) {
        return null;
    }

    /** @return null: without a controller there is no address that a browser could open */
    public String getRootUrl() {
        return null;
    }

    public SecurityRealm getSecurityRealm() {
        throw new UnsupportedOperationException("There is no security realm without a controller");
    }

    /** @return what the system property JENKINS_HOME says, for those who work like a controller */
    public File getRootDir() {
        String home = System.getProperty("JENKINS_HOME");
        if (home == null) {
            throw new UnsupportedOperationException("Without a controller there is no home directory");
        }
        return new File(home);
    }

    public ProxyConfiguration getProxy() {
        return proxy;
    }
}
