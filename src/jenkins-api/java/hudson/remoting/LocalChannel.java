package hudson.remoting;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

public class LocalChannel implements VirtualChannel {
    private final ExecutorService executor;

    public LocalChannel(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws T {
        return callable.call();
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
        java.util.concurrent.Future<V> running = executor.submit(() -> {
            try {
                return callable.call();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new ExecutionException(e);
            }
        });
        return new Future<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return running.cancel(mayInterruptIfRunning);
            }

            @Override
            public boolean isCancelled() {
                return running.isCancelled();
            }

            @Override
            public boolean isDone() {
                return running.isDone();
            }

            @Override
            public V get() throws InterruptedException, ExecutionException {
                return running.get();
            }

            @Override
            public V get(long timeout, TimeUnit unit)
                    throws InterruptedException, ExecutionException, TimeoutException {
                return running.get(timeout, unit);
            }
        };
    }
}
