package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** One project of the stand-in: its state, its keys, and the address of its own endpoints. */
public final class StandInProject {
    private static final String ORGANIZATION = "supabase-delivery";
    private static final Pattern REF = Pattern.compile("[a-z]{20}");

    /** As the Management API's OpenAPI document lists them. */
    public enum Status {
        INACTIVE,
        ACTIVE_HEALTHY,
        ACTIVE_UNHEALTHY,
        COMING_UP,
        UNKNOWN,
        GOING_DOWN,
        INIT_FAILED,
        REMOVED,
        RESTORING,
        UPGRADING,
        PAUSING,
        RESTORE_FAILED,
        RESTARTING,
        PAUSE_FAILED,
        RESIZING
    }

    private final String ref;
    private final String createdAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private final ProjectKeys keys;
    private final StandInFunctions functions;
    private final StandInSecrets secrets = new StandInSecrets();
    private final StandInHealth health = new StandInHealth();
    private final StandInTables tables = new StandInTables();
    private final StandInBuckets buckets = new StandInBuckets();
    private final StandInObjects objects = new StandInObjects();
    private final StandInNetwork network = new StandInNetwork();
    private final StandInManagedBackups managedBackups = new StandInManagedBackups(new StandInRestore(this::status));
    private final StandInRestorePoints restorePoints = new StandInRestorePoints(managedBackups);
    private final StandInConfig config;
    private final Faults faults = new Faults();
    private volatile String name;
    private volatile String region = "eu-central-1";
    private volatile Status status = Status.ACTIVE_HEALTHY;
    private volatile String url;

    StandInProject(String ref) {
        if (!REF.matcher(ref).matches()) {
            throw new IllegalArgumentException("A project reference is 20 lower-case letters, not: " + ref);
        }
        this.ref = ref;
        this.name = ref;
        this.keys = new ProjectKeys(ref);
        this.functions = new StandInFunctions(ref);
        this.config = new StandInConfig(ref);
    }

    public String ref() {
        return ref;
    }

    /** @return base of the project's endpoints ({@code /auth/v1} …), without a trailing slash */
    public String url() {
        return url;
    }

    void url(String ownUrl) {
        this.url = ownUrl;
    }

    public ProjectKeys keys() {
        return keys;
    }

    public StandInFunctions functions() {
        return functions;
    }

    public StandInSecrets secrets() {
        return secrets;
    }

    public StandInConfig config() {
        return config;
    }

    public StandInNetwork network() {
        return network;
    }

    public StandInHealth health() {
        return health;
    }

    public StandInTables tables() {
        return tables;
    }

    public StandInBuckets buckets() {
        return buckets;
    }

    public StandInObjects objects() {
        return objects;
    }

    public StandInRestorePoints restorePoints() {
        return restorePoints;
    }

    public StandInManagedBackups managedBackups() {
        return managedBackups;
    }

    /** @return faults of the project's own endpoints; those of {@link SupabaseStandIn#faults()} happen there too */
    public Faults faults() {
        return faults;
    }

    public String name() {
        return name;
    }

    public StandInProject name(String newName) {
        this.name = newName;
        return this;
    }

    public StandInProject region(String newRegion) {
        this.region = newRegion;
        return this;
    }

    public Status status() {
        return status;
    }

    /** An INACTIVE project is paused: its own endpoints answer 540. */
    public StandInProject status(Status newStatus) {
        this.status = newStatus;
        return this;
    }

    String databaseHost() {
        return "db." + ref + ".supabase.co";
    }

    String region() {
        return region;
    }

    String organization() {
        return ORGANIZATION;
    }

    String createdAt() {
        return createdAt;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("id", ref).put("ref", ref);
        json.put("organization_id", ORGANIZATION).put("organization_slug", ORGANIZATION);
        json.put("name", name).put("region", region).put("created_at", createdAt).put("status", status.name());
        json.putObject("database")
                .put("host", databaseHost())
                .put("version", "15.8.1.085")
                .put("postgres_engine", "15")
                .put("release_channel", "ga");
        return json;
    }
}
