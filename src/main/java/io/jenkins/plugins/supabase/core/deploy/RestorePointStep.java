package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.management.RestorePoint;
import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.RestorePointPlan;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Has the platform make a restore point, and waits until it is there. */
final class RestorePointStep {
    /** With a number of up to eight digits this is what a name may have; the time tells points apart after going back to one. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final RestorePointPlan plan;
    private final ManagementClient client;
    private final Progress progress;
    private final Duration patience;

    /** @param client null where the environment has no Management API */
    RestorePointStep(RestorePointPlan plan, ManagementClient client, Progress progress) {
        this(plan, client, progress, PATIENCE);
    }

    RestorePointStep(RestorePointPlan plan, ManagementClient client, Progress progress, Duration patience) {
        this.plan = plan;
        this.client = client;
        this.progress = progress;
        this.patience = patience;
    }

    /**
     * @param deployment its number, for the point's name
     * @return empty where none was wanted, and where none came about and the deployment goes on without
     * @throws DeliveryException if none came about and the deployment wants one
     */
    Optional<MadeRestorePoint> run(Steps steps, long deployment, MigrationComparison comparison)
            throws InterruptedException {
        if (!plan.wanted() || client == null) {
            return Optional.empty();
        }
        String name = "d" + deployment + "-" + TIME.format(Instant.now());
        RestorePoint[] made = new RestorePoint[1];
        try {
            steps.run(StepReport.RESTORE_POINT, name, () -> {
                made[0] = available(name);
                return "the database of " + completed(made[0]) + " can be gone back to";
            });
        } catch (DeliveryException e) {
            if (plan.rule() == RestorePointRule.REQUIRED) {
                throw new DeliveryException(e.getMessage() + " So there is no restore point, and the deployment wants one"
                        + " (restorePoint: 'required') before " + String.join(", ", plan.staying()) + ". Nothing was changed."
                        + " Write files in supabase/rollbacks, or deploy with restorePoint: 'ifPossible'.", e);
            }
            progress.line("WARNING: there is no restore point. " + e.getMessage() + " The deployment goes on without"
                    + " (restorePoint: '" + plan.rule().word() + "').");
            return Optional.empty();
        }
        TreeSet<String> applied =
                comparison.files().stream().map(MigrationFile::version).collect(Collectors.toCollection(TreeSet::new));
        comparison.pending().forEach(file -> applied.remove(file.version()));
        return Optional.of(new MadeRestorePoint(name, completed(made[0]), applied));
    }

    private RestorePoint available(String name) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        RestorePoint point = begin(name);
        while (point.pending() && System.nanoTime() < deadline) {
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            point = client.restorePoint(name).orElse(point);
        }
        if (!point.available()) {
            throw new DeliveryException("Supabase made no restore point " + name + " of the environment \""
                    + client.environment().name() + "\": "
                    + (point.pending()
                            ? "it was not available after " + patience.toSeconds() + " s."
                            : "its status is " + point.status() + "."));
        }
        return point;
    }

    /** An answer that was lost on its way may have been that one is being made. */
    private RestorePoint begin(String name) throws InterruptedException {
        try {
            return client.createRestorePoint(name);
        } catch (ManagementException e) {
            if (e.status() != 0 && e.status() < 500) {
                throw e;
            }
            return client.restorePoint(name).orElseThrow(() -> e);
        }
    }

    private static String completed(RestorePoint point) {
        return point.completedOn() == null ? Instant.now().toString() : point.completedOn();
    }
}
