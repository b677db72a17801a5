package io.jenkins.plugins.supabase.core.backup.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does many pieces of work on a few connections at once. When one fails, or the caller is interrupted, all connections
 * are broken at once, as reading from a socket ignores interrupts.
 */
public final class Workers {
    private Workers() {}

    /** A piece of work. */
    @FunctionalInterface
    public interface Task {
        void run(Connection connection) throws Exception;
    }

    /** @throws Exception the first failure, after all work has ended */
    public static void run(int number, Connections connections, Collection<? extends Task> tasks) throws Exception {
        Queue<Task> queue = new ArrayDeque<>(tasks);
        List<Connection> open = new ArrayList<>();
        int threads = Math.max(1, Math.min(number, tasks.size()));
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "supabase-delivery-backup");
            thread.setDaemon(true);
            return thread;
        });
        Throwable failure = null;
        try {
            for (int i = 0; i < threads; i++) {
                open.add(connections.open());
            }
            CompletionService<Void> ended = new ExecutorCompletionService<>(executor);
            for (Connection connection : open) {
                ended.submit(() -> {
                    for (Task task = next(queue); task != null; task = next(queue)) {
                        task.run(connection);
                    }
                    return null;
                });
            }
            for (int i = 0; i < threads; i++) {
                Future<Void> future = ended.take();
                future.get();
            }
        } catch (ExecutionException e) {
            failure = e.getCause();
        } catch (InterruptedException | SQLException e) {
            failure = e;
        } finally {
            executor.shutdownNow();
            for (Connection connection : open) {
                if (failure != null) {
                    connection.abort(Runnable::run);
                }
                connection.close();
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    private static Task next(Queue<Task> queue) {
        synchronized (queue) {
            return queue.poll();
        }
    }
}
