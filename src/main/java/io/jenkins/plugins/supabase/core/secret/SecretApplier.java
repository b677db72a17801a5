package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.secret.SecretChange.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sets the function secrets that are new or differ, deletes those that the plan removes, and makes sure of it by
 * listing them again. Functions see new values at their next start; none needs to be deployed for it. Applying again
 * after any failure finishes the job.
 */
public final class SecretApplier {
    /** Reported in phasehq/console issue 1014; no document of Supabase's says it. */
    private static final int MOST_AT_ONCE = 100;

    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final ManagementClient client;
    private final Progress progress;
    private final Duration settling;

    public SecretApplier(ManagementClient client, Progress progress) {
        this(client, progress, SETTLING);
    }

    /** @param settling how long the list of secrets may lag behind */
    SecretApplier(ManagementClient client, Progress progress, Duration settling) {
        this.client = client;
        this.progress = progress;
        this.settling = settling;
    }

    /**
     * Calls nothing where nothing differs.
     *
     * @return for the ledger: every secret that the deployment asked for, sorted by name
     * @throws DeliveryException naming the secrets that are not as they should be
     */
    public List<RecordedSecret> apply(SecretPlan plan) throws InterruptedException {
        Map<String, SecretText> values = new TreeMap<>();
        plan.changes().stream()
                .filter(change -> change.kind() == Kind.NEW || change.kind() == Kind.CHANGED)
                .forEach(change -> values.put(change.name(), plan.wanted().get(change.name()).value()));
        List<String> removals = plan.changes().stream()
                .filter(change -> change.kind() == Kind.REMOVE)
                .map(SecretChange::name)
                .toList();
        Map<String, StoredSecret> now = plan.live();
        if (!values.isEmpty() || !removals.isEmpty()) {
            set(values);
            delete(removals);
            now = verified(values, removals);
        }
        return record(plan.wanted().values(), now);
    }

    private void set(Map<String, SecretText> values) throws InterruptedException {
        List<String> names = List.copyOf(values.keySet());
        for (int from = 0; from < names.size(); from += MOST_AT_ONCE) {
            List<String> batch = names.subList(from, Math.min(names.size(), from + MOST_AT_ONCE));
            Map<String, SecretText> part = new LinkedHashMap<>();
            batch.forEach(name -> part.put(name, values.get(name)));
            client.setSecrets(part);
            progress.line("%s set: %s.".formatted(Count.of(batch.size(), "secret"), String.join(", ", batch)));
        }
    }

    private void delete(List<String> names) throws InterruptedException {
        for (int from = 0; from < names.size(); from += MOST_AT_ONCE) {
            List<String> batch = names.subList(from, Math.min(names.size(), from + MOST_AT_ONCE));
            client.deleteSecrets(batch);
            progress.line("%s deleted: %s.".formatted(Count.of(batch.size(), "secret"), String.join(", ", batch)));
        }
    }

    private Map<String, StoredSecret> verified(Map<String, SecretText> values, List<String> removals)
            throws InterruptedException {
        long deadline = System.nanoTime() + settling.toNanos();
        long pauseMillis = 250;
        while (true) {
            Map<String, StoredSecret> now = new HashMap<>();
            client.secrets().forEach(secret -> now.put(secret.name(), secret));
            List<String> problems = problems(values, Set.copyOf(removals), now);
            if (problems.isEmpty()) {
                return now;
            }
            if (System.nanoTime() + Duration.ofMillis(pauseMillis).toNanos() - deadline > 0) {
                throw new DeliveryException(("The platform accepted the change of %s, but %d of them are not as they "
                                + "should be in the environment \"%s\": %s. Deploy again: it sets what is missing.")
                        .formatted(
                                Count.of(values.size() + removals.size(), "secret"),
                                problems.size(),
                                client.environment().name(),
                                String.join(", ", problems)));
            }
            Thread.sleep(pauseMillis);
            pauseMillis *= 2;
        }
    }

    private static List<String> problems(
            Map<String, SecretText> values, Set<String> removals, Map<String, StoredSecret> now) {
        List<String> problems = new ArrayList<>();
        values.forEach((name, value) -> {
            StoredSecret stored = now.get(name);
            if (stored == null) {
                problems.add(name + " (not listed)");
            } else if (SecretDigest.isComparable(stored) && !SecretDigest.matches(value, stored)) {
                problems.add(name + " (another value)");
            }
        });
        removals.stream().filter(now::containsKey).sorted().forEach(name -> problems.add(name + " (still listed)"));
        return problems;
    }

    static List<RecordedSecret> record(Collection<WantedSecret> wanted, Map<String, StoredSecret> now) {
        List<RecordedSecret> record = new ArrayList<>();
        for (WantedSecret secret : wanted) {
            StoredSecret stored = now.get(secret.name());
            record.add(new RecordedSecret(
                    secret.name(), secret.credentialsId(), stored == null ? null : stored.updatedAt()));
        }
        record.sort(Comparator.comparing(RecordedSecret::name));
        return record;
    }
}
