package io.jenkins.plugins.supabase.notice;

import hudson.model.Computer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Hands notices to whoever administrators want them sent by. What fails is tried again, while no thread waits; a notifier
 * that fails keeps back no other one, and no other promotion.
 */
public final class GateNotices {
    /** Before the second try, and before the third and last. */
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static final Logger LOGGER = Logger.getLogger(GateNotices.class.getName());
    private static final GateNotices OF_JENKINS = new GateNotices(
            Computer.threadPoolForRemoting,
            pause -> task -> Timer.get().schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS),
            () -> GateNoticesConfiguration.get().getNotifiers());

    private final Executor background;
    private final Function<Duration, Executor> after;
    private final Supplier<List<GateNotifier>> notifiers;
    private final ConcurrentHashMap<Line, CompletableFuture<Void>> lastOf = new ConcurrentHashMap<>();

    /** What arrives in order: the notices of one promotion by one notifier. */
    private record Line(String promotion, GateNotifier notifier) {}

    /**
     * @param background runs what sends
     * @param after      begins what it is given after a pause
     */
    GateNotices(Executor background, Function<Duration, Executor> after, Supplier<List<GateNotifier>> notifiers) {
        this.background = background;
        this.after = after;
        this.notifiers = notifiers;
    }

    /** Returns at once. What cannot be sent is logged, and is no matter of the promotion. */
    public static void send(GateNotice notice) {
        OF_JENKINS.enqueue(notice);
    }

    CompletableFuture<Void> enqueue(GateNotice notice) {
        return CompletableFuture.allOf(notifiers.get().stream()
                .map(notifier -> enqueue(notice, notifier))
                .toArray(CompletableFuture[]::new));
    }

    /** That a promotion was decided must not arrive before that it waits. */
    private CompletableFuture<Void> enqueue(GateNotice notice, GateNotifier notifier) {
        Line line = new Line(notice.url(), notifier);
        CompletableFuture<Void> sent = lastOf.compute(line, (same, last) ->
                (last == null ? CompletableFuture.<Void>completedFuture(null) : last)
                        .thenComposeAsync(nothing -> deliver(notice, notifier, 0), background));
        sent.whenComplete((nothing, failure) -> lastOf.remove(line, sent));
        return sent;
    }

    /** @param failed how many tries before this one */
    private CompletableFuture<Void> deliver(GateNotice notice, GateNotifier notifier, int failed) {
        try {
            notifier.send(notice);
        } catch (LinkageError e) {
            giveUp(notice, notifier, e);
        } catch (Exception e) {
            if (failed < PAUSES.size()) {
                LOGGER.log(Level.FINE, "A notice was not sent yet: {0}", reason(e));
                return CompletableFuture.runAsync(() -> {}, after.apply(PAUSES.get(failed)))
                        .thenComposeAsync(nothing -> deliver(notice, notifier, failed + 1), background);
            }
            giveUp(notice, notifier, e);
        }
        return CompletableFuture.completedFuture(null);
    }

    private static void giveUp(GateNotice notice, GateNotifier notifier, Throwable e) {
        LOGGER.log(
                Level.WARNING,
                "The notice \"{0}\" was not sent by \"{1}\": {2}. The promotion goes on without it.",
                new Object[] {notice.title(), notifier.getDescriptor().getDisplayName(), reason(e)});
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
