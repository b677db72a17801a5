package io.jenkins.plugins.supabase.core.backup.managed;

import io.jenkins.plugins.supabase.core.backup.managed.DatabaseMark.Sign;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.management.ProjectStatus;
import io.jenkins.plugins.supabase.core.management.RestorePointMaker;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has the platform take a project's whole database back to one of its own backups, and sees that it did. The platform
 * answers before it has begun, and calls the project healthy for a while then (seen with point-in-time recovery in
 * February 2026, by somebody who took this for the end): neither an answer nor a healthy project is the end, but a
 * project that was away and is back, and a database that has forgotten what it was told just before.
 */
public final class ManagedRestore {
    /** By the OpenAPI document; from these a project does not come back by itself. */
    private static final Set<String> FAILED = Set.of("RESTORE_FAILED", "INIT_FAILED", "PAUSE_FAILED", "REMOVED");
    /** Broken as it is, a database may be taken back. */
    private static final String UNHEALTHY = "ACTIVE_UNHEALTHY";

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration REPEAT = Duration.ofMinutes(1);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'before-'yyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final ManagedRestoreRequest request;
    private final Progress progress;
    private final Pace pace;
    private final RestoreLog log;
    private final String name;

    /**
     * @param toBegin     how long the project may stay as it is after the platform was asked
     * @param toBeEntered how long the database of a project that is back may not answer
     */
    record Pace(Duration toBegin, Duration toBeEntered) {
        static final Pace DEFAULT = new Pace(Duration.ofMinutes(15), Duration.ofMinutes(3));
    }

    /** @param summary null while it goes on */
    public record Look(ManagedRestoreState state, ManagedRestoreSummary summary) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    public ManagedRestore(ManagedRestoreRequest request, Progress progress) {
        this(request, progress, Pace.DEFAULT);
    }

    ManagedRestore(ManagedRestoreRequest request, Progress progress, Pace pace) {
        this.request = request;
        this.progress = progress;
        this.pace = pace;
        this.log = new RestoreLog(request, progress);
        this.name = request.environment().name();
    }

    /**
     * Does all of it.
     *
     * @param seen is told of each state, first when the platform was asked
     * @throws InterruptedException after a line that says what the platform goes on with
     */
    public ManagedRestoreSummary run(Consumer<ManagedRestoreState> seen) throws InterruptedException {
        ManagedRestoreState state = null;
        try {
            Look look = new Look(begin(), null);
            while (look.summary() == null) {
                state = look.state();
                seen.accept(state);
                Thread.sleep(pause(state).toMillis());
                look = look(state);
            }
            return look.summary();
        } catch (InterruptedException e) {
            progress.line(goesOn(name, state));
            throw e;
        }
    }

    /** @return how long to wait before the next look */
    public static Duration pause(ManagedRestoreState state) {
        Duration pause = Duration.ofMillis((long) (1000 * Math.pow(1.5, Math.min(state.looks(), 10))));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /**
     * For whoever stops looking.
     *
     * @param state null where it is not known whether the platform was asked
     */
    public static String goesOn(String environment, ManagedRestoreState state) {
        return state == null
                ? "Whether Supabase was asked already to take the database of \"" + environment + "\" back is not"
                        + " known: the status of the project in its dashboard says so, RESTORING if it was."
                : "Supabase goes on taking the database of \"" + environment + "\" back to " + state.moment()
                        + ": nothing here can stop that, and the project cannot be reached meanwhile. Its status in the"
                        + " dashboard, and verifyHealth, say when it is back.";
    }

    /**
     * Asks the platform.
     *
     * @throws DeliveryException when it was not asked, or refused: nothing was changed then
     */
    public ManagedRestoreState begin() throws InterruptedException {
        try (ManagementClient client = client()) {
            ProjectStatus project = client.project();
            if (!project.healthy() && !UNHEALTHY.equals(project.status())) {
                throw new DeliveryException("The project of environment \"" + name + "\" is " + project.status()
                        + ", so that its database was not taken back. Nothing was changed. Wait until it is"
                        + " ACTIVE_HEALTHY (a paused one is resumed in Supabase's dashboard), then try again.");
            }
            Instant moment = new TargetCheck(client).moment(request.target());
            progress.line("Taking the database of %s back to %s%s: what was written since is lost, and the project"
                            .formatted(name, request.target().inWords(), request.target().moment() == null
                                    ? ", of " + moment
                                    : "")
                    + " cannot be reached meanwhile. Storage objects, edge functions, secrets and settings stay as they"
                    + " are.");
            String point = restorePoint(client);
            DatabaseMark mark = log.before(moment, point);
            ask(client);
            return ManagedRestoreState.asked(moment, point, mark, project.status());
        }
    }

    private String restorePoint(ManagementClient client) throws InterruptedException {
        if (request.restorePoint() == RestorePointRule.NONE) {
            return null;
        }
        String point = NAME.format(Instant.now());
        try {
            new RestorePointMaker(client).make(point);
            progress.line("Supabase made the restore point " + point + " of the database as it is now");
            return point;
        } catch (DeliveryException e) {
            if (request.restorePoint() == RestorePointRule.REQUIRED) {
                throw new DeliveryException(e.getMessage() + " So there is no way back, and one is wanted"
                        + " (restorePoint: 'required'). The database was not taken back. Make a backup (runBackup),"
                        + " then restore with restorePoint: 'none'.", e);
            }
            progress.line("WARNING: there is no restore point of the database as it is now. " + e.getMessage()
                    + " It goes on without (restorePoint: '" + request.restorePoint().word() + "').");
            return null;
        }
    }

    private void ask(ManagementClient client) throws InterruptedException {
        ManagedTarget target = request.target();
        try {
            if (target.backup() != null) {
                client.restoreBackup(target.backup());
            } else if (target.moment() != null) {
                client.restoreMoment(target.moment());
            } else {
                client.undoToRestorePoint(target.point());
            }
            progress.line("Supabase was asked to, and says yes");
        } catch (ManagementException e) {
            if (e.answered()) {
                log.failed(e.reason());
                throw e;
            }
            progress.line("Supabase was asked to, and no usable answer came (" + e.reason()
                    + "): looking whether it begins");
        }
    }

    /**
     * Looks at the project once.
     *
     * @throws DeliveryException when the platform gave up, did not begin, or took too long
     */
    public Look look(ManagedRestoreState before) throws InterruptedException {
        ProjectStatus project;
        try (ManagementClient client = client()) {
            project = client.project();
        } catch (ManagementException e) {
            if (e.answered()) {
                throw new DeliveryException(e.getMessage() + " " + goesOn(name, before), e);
            }
            return goingOn(before, before, "not known, as the Management API does not answer");
        }
        if (FAILED.contains(project.status())) {
            throw new DeliveryException("Supabase did not manage to take the database of \"" + name + "\" back to "
                    + request.target().inWords() + ": the project is " + project.status() + " and cannot be reached."
                    + " Its backups are kept. Ask Supabase's support, who alone can bring it back; meanwhile a backup"
                    + " of the plugin's own goes into a new project (restoreBackup, and the environment's recovery"
                    + " runbook).");
        }
        ManagedRestoreState state = before.seen(project.status(), project.healthy());
        if (!project.healthy()) {
            return goingOn(before, state, project.status());
        }
        Sign sign = log.sign(state.mark());
        if (sign == Sign.TAKEN_BACK || sign == Sign.WANTING) {
            return end(state, sign);
        }
        boolean late = since(state.backSince()).compareTo(pace.toBeEntered()) > 0;
        if (state.away() && sign == Sign.NO_ANSWER && (late || !hasMark(state))) {
            return end(state, sign);
        }
        if (sign == Sign.AS_BEFORE || !state.away()) {
            refuseLate(state, sign);
        }
        return goingOn(before, state, project.status());
    }

    private static boolean hasMark(ManagedRestoreState state) {
        return state.mark().written() || state.mark().serverSince() != null;
    }

    private void refuseLate(ManagedRestoreState state, Sign sign) {
        Instant from = state.away() ? state.backSince() : state.asked();
        if (since(from).compareTo(pace.toBegin()) > 0) {
            String what = sign == Sign.AS_BEFORE
                    ? "its database still has what was written to it just before"
                    : "the project was never seen in another state";
            throw new DeliveryException("Supabase said yes and did not take the database of \"" + name + "\" back: "
                    + pace.toBegin().toMinutes() + " min later " + what + ". It may still begin. Look at the project in"
                    + " Supabase's dashboard, and ask its support, before anybody tries again.");
        }
    }

    private Look goingOn(ManagedRestoreState before, ManagedRestoreState state, String status) {
        if (since(state.asked()).compareTo(request.patience()) > 0) {
            throw new DeliveryException("The database of \"" + name + "\" was not back after "
                    + request.patience().toMinutes() + " min: the status of the project is " + status + ". "
                    + goesOn(name, state) + " Where it stays so, Supabase's support alone can help.");
        }
        boolean changed = before.looks() == 0 || !status.equals(before.status());
        if (changed || since(state.told()).compareTo(REPEAT) > 0) {
            progress.line("The project is %s after %d s".formatted(status, since(state.asked()).toSeconds()));
            return new Look(state.told(Instant.now()), null);
        }
        return new Look(state, null);
    }

    private Look end(ManagedRestoreState state, Sign sign) {
        List<String> problems = new ArrayList<>();
        if (sign == Sign.WANTING) {
            problems.add("The database lacks events of its ledger that it had at " + state.moment() + ": it may be"
                    + " empty. Look at its tables before users do; Supabase's support can repeat the restore.");
        }
        if (sign == Sign.NO_ANSWER) {
            problems.add(hasMark(state)
                    ? "The database cannot be entered with the environment's credentials, so that nothing shows that it"
                            + " was taken back. If its password was changed after " + state.moment()
                            + ", the older one counts again: set it anew in Supabase's dashboard."
                    : "Nothing shows that the database was taken back but that the project was away and is back.");
        }
        long downtime = since(state.asked()).toMillis();
        String unrecorded = log.restored(state, downtime);
        if (unrecorded != null) {
            problems.add(unrecorded);
        }
        problems.forEach(problem -> progress.line("WARNING: " + problem));
        progress.line("The database of %s is back after %.1f s, as it was at %s. The release that its ledger calls"
                        .formatted(name, downtime / 1e3, state.moment())
                + " running is the one of then: verifyHealth, then supabasePlan show what no longer fits.");
        return new Look(state, new ManagedRestoreSummary(
                name, request.target().inWords(), state.moment().toString(), state.restorePoint(), state.status(),
                downtime, problems));
    }

    private static Duration since(Instant time) {
        return Duration.between(time, Instant.now());
    }

    private ManagementClient client() {
        return new ManagementClient(
                request.environment(), request.access().accessToken(), progress, request.management());
    }
}
