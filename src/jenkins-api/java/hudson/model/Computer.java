package hudson.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public abstract class Computer extends Actionable {
    public static final ExecutorService threadPoolForRemoting = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "operation");
        thread.setDaemon(true);
        return thread;
    });

    private Computer() {}
}
