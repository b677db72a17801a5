package io.jenkins.plugins.supabase.core.function;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Makes calls of the Management API a few at a time. */
final class AtOnce {
    /** The platform bundles and unbundles: more at once only wait for each other there. */
    static final int FEW = 4;

    interface Step<T, R> {
        R apply(T item) throws InterruptedException;
    }

    private AtOnce() {}

    /** @return the results in the order of the items; the first failure ends all */
    static <T, R> List<R> map(List<T> items, Step<T, R> step) throws InterruptedException {
        if (items.isEmpty()) {
            return List.of();
        }
        ExecutorService executor = executor(items.size());
        try {
            List<Future<R>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(executor.submit(() -> step.apply(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            end(executor);
        }
    }

    static ExecutorService executor(int tasks) {
        return Executors.newFixedThreadPool(Math.min(FEW, tasks), AtOnce::thread);
    }

    static RuntimeException unwrapped(ExecutionException e) {
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }

    static void end(ExecutorService executor) throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(2, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "supabase-functions");
        thread.setDaemon(true);
        return thread;
    }
}
