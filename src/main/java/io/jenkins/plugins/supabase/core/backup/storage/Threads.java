package io.jenkins.plugins.supabase.core.backup.storage;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does the same work in several threads at once, until all have ended or one has failed. */
public final class Threads {
    private Threads() {}

    /** What each thread does. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** @throws IOException the first failure; the other threads are interrupted */
    public static void run(int number, String name, Work work) throws IOException, InterruptedException {
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Void> ended = new ExecutorCompletionService<>(executor);
            Callable<Void> task = () -> {
                work.run();
                return null;
            };
            for (int i = 0; i < number; i++) {
                ended.submit(task);
            }
            for (int i = 0; i < number; i++) {
                ended.take().get();
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static IOException failure(Throwable cause) throws InterruptedException {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return cause instanceof IOException expected ? expected : new IOException(cause);
    }
}
