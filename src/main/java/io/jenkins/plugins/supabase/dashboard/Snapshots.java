package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.overview.EnvironmentSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the controller knows of its environments without asking their databases; read anew in the background. */
@Extension
public class Snapshots {
    private static final Logger LOGGER = Logger.getLogger(Snapshots.class.getName());
    private static final int AT_ONCE = 4;
    private static final int IDLE_SECONDS = 30;

    private final Map<String, Snapshot> taken = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers = readers();

    static Snapshots get() {
        return ExtensionList.lookupSingleton(Snapshots.class);
    }

    private static ExecutorService readers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "Supabase environments");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** @return one for each environment that is configured, in the order of the configuration */
    List<Snapshot> all() {
        return SupabaseDeliveryConfiguration.get().getEnvironments().stream()
                .map(this::of)
                .toList();
    }

    /** An environment that was configured anew may have another database: what is known of the old one does not count. */
    private Snapshot of(EnvironmentConfiguration environment) {
        Snapshot known = taken.get(environment.getName());
        return known == null || known.environment() != environment ? Snapshot.none(environment) : known;
    }

    void refreshAll() {
        List<EnvironmentConfiguration> environments = SupabaseDeliveryConfiguration.get().getEnvironments();
        taken.keySet().retainAll(environments.stream().map(EnvironmentConfiguration::getName).toList());
        environments.forEach(environment -> refresh(environment.getName()));
    }

    /** Returns at once. */
    void refresh(String name) {
        if (queued.add(name)) {
            readers.execute(() -> {
                queued.remove(name);
                take(name);
            });
        }
    }

    private void take(String name) {
        synchronized (locks.computeIfAbsent(name, ignored -> new Object())) {
            SupabaseDeliveryConfiguration.get().getEnvironments().stream()
                    .filter(environment -> environment.getName().equals(name))
                    .findFirst()
                    .ifPresent(environment -> taken.put(name, read(of(environment))));
        }
    }

    private static Snapshot read(Snapshot before) {
        try {
            WaitingEvents.get().flush(before.environment());
            EnvironmentSummary summary = LedgerAccess.read(before.environment(), reader -> {
                EventLog.get().follow(before.name(), reader);
                return EnvironmentSummary.read(reader, before.summary());
            });
            return before.withSummary(summary, Instant.now());
        } catch (DeliveryException | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "The ledger of " + before.name() + " cannot be read", e);
            return before.withProblem(e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The ledger of " + before.name() + " cannot be read", e);
            return before.withProblem("Reading its ledger failed unexpectedly; the log of Jenkins says how. Nothing was"
                    + " changed.");
        }
    }
}
