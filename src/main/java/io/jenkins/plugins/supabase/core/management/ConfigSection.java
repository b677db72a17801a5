package io.jenkins.plugins.supabase.core.management;

import java.util.Arrays;
import java.util.Optional;

/**
 * A part of a project's settings that the Management API reads and writes on its own. In the order in which they are
 * written: what protects the database first.
 */
public enum ConfigSection {
    SSL("ssl", "ssl-enforcement", "PUT", "ssl-enforcement", Operation.READ_SSL, Operation.UPDATE_SSL),
    NETWORK(
            "network_restrictions",
            "network-restrictions",
            "POST",
            "network-restrictions/apply",
            Operation.READ_NETWORK,
            Operation.UPDATE_NETWORK),
    DATABASE(
            "database",
            "config/database/postgres",
            "PATCH",
            "config/database/postgres",
            Operation.READ_DATABASE,
            Operation.UPDATE_DATABASE),
    POOLER(
            "pooler",
            "config/database/pooler",
            "PATCH",
            "config/database/pooler",
            Operation.READ_POOLER,
            Operation.UPDATE_POOLER),
    API("api", "postgrest", "PATCH", "postgrest", Operation.READ_API, Operation.UPDATE_API),
    AUTH("auth", "config/auth", "PATCH", "config/auth", Operation.READ_AUTH, Operation.UPDATE_AUTH),
    STORAGE("storage", "config/storage", "PATCH", "config/storage", Operation.READ_STORAGE, Operation.UPDATE_STORAGE),
    REALTIME(
            "realtime",
            "config/realtime",
            "PATCH",
            "config/realtime",
            Operation.READ_REALTIME,
            Operation.UPDATE_REALTIME);

    private final String label;
    private final String readPath;
    private final String updateMethod;
    private final String updatePath;
    private final Operation read;
    private final Operation update;

    ConfigSection(
            String label, String readPath, String updateMethod, String updatePath, Operation read, Operation update) {
        this.label = label;
        this.readPath = readPath;
        this.updateMethod = updateMethod;
        this.updatePath = updatePath;
        this.read = read;
        this.update = update;
    }

    public static Optional<ConfigSection> of(String label) {
        return Arrays.stream(values()).filter(section -> section.label.equals(label)).findFirst();
    }

    /** @return its name in plans, such as {@code network_restrictions} */
    public String label() {
        return label;
    }

    String readPath() {
        return readPath;
    }

    String updateMethod() {
        return updateMethod;
    }

    String updatePath() {
        return updatePath;
    }

    Operation read() {
        return read;
    }

    Operation update() {
        return update;
    }
}
