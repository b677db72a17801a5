package io.jenkins.plugins.supabase.notice;

import hudson.model.Computer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hands notices to whoever administrators want them sent by. */
public final class GateNotices {
    private static final Logger LOGGER = Logger.getLogger(GateNotices.class.getName());
    private static final GateNotices OF_JENKINS = new GateNotices(
            Computer.threadPoolForRemoting, () -> GateNoticesConfiguration.get().getNotifiers());

    private final Executor background;
    private final Supplier<List<GateNotifier>> notifiers;
    private final ConcurrentHashMap<String, CompletableFuture<Void>> lastOf = new ConcurrentHashMap<>();

    GateNotices(Executor background, Supplier<List<GateNotifier>> notifiers) {
        this.background = background;
        this.notifiers = notifiers;
    }

    /** Returns at once. What cannot be sent is logged, and is no matter of the promotion. */
    public static void send(GateNotice notice) {
        OF_JENKINS.enqueue(notice);
    }

    /** That a promotion was decided must not arrive before that it waits. */
    CompletableFuture<Void> enqueue(GateNotice notice) {
        String promotion = notice.url();
        CompletableFuture<Void> sent = lastOf.compute(promotion, (url, last) ->
                (last == null ? CompletableFuture.<Void>completedFuture(null) : last)
                        .thenRunAsync(() -> deliver(notice), background));
        sent.whenComplete((nothing, failure) -> lastOf.remove(promotion, sent));
        return sent;
    }

    private void deliver(GateNotice notice) {
        for (GateNotifier notifier : notifiers.get()) {
            try {
                notifier.send(notice);
            } catch (Exception | LinkageError e) {
                LOGGER.log(
                        Level.WARNING,
                        "The notice \"{0}\" was not sent by \"{1}\": {2}. The promotion goes on without it.",
                        new Object[] {notice.title(), notifier.getDescriptor().getDisplayName(), reason(e)});
            }
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
