package jenkins.util;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

public class Timer {
    private static final ScheduledExecutorService EXECUTOR = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "jenkins.util.Timer");
        thread.setDaemon(true);
        return thread;
    });

    private Timer() {}

    public static synchronized ScheduledExecutorService get() {
        return EXECUTOR;
    }
}
