package io.jenkins.plugins.supabase.core.backup.managed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.management.RestorePoint;
import io.jenkins.plugins.supabase.core.management.RestorePointMaker;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;

/** A restore point that somebody wants, beside those of deployments. */
public final class NewRestorePoint {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'by-hand-'yyMMddHHmm").withZone(ZoneOffset.UTC);
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,19}");

    private final Environment environment;
    private final Access access;
    private final ManagementOptions options;
    private final Origin origin;
    private final Progress progress;

    public NewRestorePoint(
            Environment environment, Access access, ManagementOptions options, Origin origin, Progress progress) {
        this.environment = environment;
        this.access = access;
        this.options = options;
        this.origin = origin;
        this.progress = progress;
    }

    /**
     * @param name        of the restore point
     * @param completedOn ISO 8601: the moment that can be gone back to, as the platform says
     */
    public record Made(String environment, String name, String completedOn) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param wanted null for one with the time in it
     * @throws DeliveryException if the name cannot be one; nothing was done then
     */
    public static String name(String step, String wanted) {
        if (wanted == null) {
            return NAME.format(Instant.now());
        }
        if (!NAMES.matcher(wanted).matches()) {
            throw new DeliveryException(step + " was given the name '" + wanted + "', which is none of a restore point:"
                    + " at most " + RestorePoint.LONGEST_NAME + " letters, digits, dots, hyphens and underscores."
                    + " Nothing was done. Shorten it, or leave it out.");
        }
        return wanted;
    }

    /**
     * @param name    of {@link #name}
     * @param goingOn whether an earlier attempt may have begun it
     * @throws DeliveryException if none came about
     */
    public Made make(String name, boolean goingOn) throws InterruptedException {
        try (ManagementClient client =
                new ManagementClient(environment, access.accessToken(), progress, options)) {
            RestorePointMaker maker = new RestorePointMaker(client);
            RestorePoint point = goingOn ? maker.makeOrFind(name) : maker.make(name);
            String completed = point.completedOn() == null ? Instant.now().toString() : point.completedOn();
            progress.line("Supabase made the restore point %s of %s, of %s: restoreManagedBackup goes back to it"
                    .formatted(name, environment.name(), completed));
            record(name, completed);
            return new Made(environment.name(), name, completed);
        }
    }

    private void record(String name, String completed) {
        UUID id = UUID.nameUUIDFromBytes(
                ("restore point " + origin.operationId()).getBytes(StandardCharsets.UTF_8));
        try (Ledger ledger = Ledger.open(() -> Database.open(environment, access))) {
            ledger.append(
                    new AuditEvent(origin.actor(), "restorePoint.made", "restore-point/" + name,
                            JsonNodeFactory.instance.objectNode()
                                    .put("build", origin.buildUrl())
                                    .put("completedOn", completed)),
                    id);
        } catch (DeliveryException e) {
            progress.line("WARNING: this is not on record in the ledger of \"" + environment.name() + "\". "
                    + e.getMessage());
        }
    }
}
