package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.RestorePoint;
import io.jenkins.plugins.supabase.core.management.RestorePointMaker;
import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.RestorePointPlan;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The step of a deployment that has the platform make a restore point. */
final class RestorePointStep {
    /** With a number of up to eight digits this is what a name may have; the time tells points apart after going back to one. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private final RestorePointPlan plan;
    private final RestorePointMaker maker;
    private final Progress progress;

    /** @param client null where the environment has no Management API */
    RestorePointStep(RestorePointPlan plan, ManagementClient client, Progress progress) {
        this(plan, client == null ? null : new RestorePointMaker(client), progress);
    }

    /** @param maker null where the environment has no Management API */
    RestorePointStep(RestorePointPlan plan, RestorePointMaker maker, Progress progress) {
        this.plan = plan;
        this.maker = maker;
        this.progress = progress;
    }

    /**
     * @param deployment its number, for the point's name
     * @return empty where none was wanted, and where none came about and the deployment goes on without
     * @throws DeliveryException if none came about and the deployment wants one
     */
    Optional<MadeRestorePoint> run(Steps steps, long deployment, MigrationComparison comparison)
            throws InterruptedException {
        if (!plan.wanted() || maker == null) {
            return Optional.empty();
        }
        String name = "d" + deployment + "-" + TIME.format(Instant.now());
        RestorePoint[] made = new RestorePoint[1];
        try {
            steps.run(StepReport.RESTORE_POINT, name, () -> {
                made[0] = maker.make(name);
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

    private static String completed(RestorePoint point) {
        return point.completedOn() == null ? Instant.now().toString() : point.completedOn();
    }
}
