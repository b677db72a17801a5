package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.secret.SecretChange.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes a deployment's secrets back. Supabase gives no value back, so values come from the credentials that the
 * previous release named; what had none, or whose credential holds another value by now, is said by name.
 */
public final class SecretRestore {
    private final SecretPlan plan;
    private final List<String> lost;
    private final List<String> altered;

    private SecretRestore(SecretPlan plan, List<String> lost, List<String> altered) {
        this.plan = plan;
        this.lost = List.copyOf(lost);
        this.altered = List.copyOf(altered);
    }

    /**
     * Calls nothing.
     *
     * @param applied  what the deployment that is taken back did: only that is undone
     * @param previous what the release before asked for, with the values that its credentials hold now
     * @param before   what was listed before the deployment; empty where nobody knows any more
     * @param live     what is listed now
     */
    public static SecretRestore plan(
            Collection<SecretChange> applied,
            Collection<WantedSecret> previous,
            Collection<StoredSecret> before,
            Collection<StoredSecret> live) {
        Map<String, WantedSecret> values = index(previous, WantedSecret::name);
        Map<String, StoredSecret> listedBefore = index(before, StoredSecret::name);
        Map<String, StoredSecret> listed = index(live, StoredSecret::name);
        Map<String, WantedSecret> wanted = new TreeMap<>();
        List<SecretChange> changes = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        List<String> altered = new ArrayList<>();
        for (SecretChange done : applied) {
            WantedSecret value = values.get(done.name());
            if (done.kind() == Kind.NEW && value == null) {
                if (listed.containsKey(done.name())) {
                    changes.add(new SecretChange(done.name(), Kind.REMOVE, null));
                }
            } else if (!done.stays()) {
                if (value == null) {
                    lost.add(done.name());
                    continue;
                }
                wanted.put(done.name(), value);
                changes.add(SecretPlanner.change(value, listed.get(done.name())));
                StoredSecret old = listedBefore.get(done.name());
                if (old != null && SecretDigest.isComparable(old) && !SecretDigest.matches(value.value(), old)) {
                    altered.add(done.name());
                }
            }
        }
        SecretRules.check(wanted.values());
        changes.sort(Comparator.comparing(SecretChange::name));
        lost.sort(Comparator.naturalOrder());
        altered.sort(Comparator.naturalOrder());
        return new SecretRestore(new SecretPlan(changes, List.of(), wanted, listed), lost, altered);
    }

    private static <T> Map<String, T> index(Collection<T> items, Function<T, String> name) {
        return items.stream().collect(Collectors.toMap(name, Function.identity(), (first, second) -> second));
    }

    /** @return what {@link SecretApplier} is to do */
    public SecretPlan plan() {
        return plan;
    }

    /**
     * @param recorded what the release before left
     * @param restored what {@link SecretApplier} returned for the plan
     * @return for the ledger: what is as it was, and what was restored; what is lost is unknown from now on
     */
    public List<RecordedSecret> record(Collection<RecordedSecret> recorded, Collection<RecordedSecret> restored) {
        Map<String, RecordedSecret> record = new TreeMap<>(index(recorded, RecordedSecret::name));
        record.keySet().removeAll(lost);
        restored.forEach(secret -> record.put(secret.name(), secret));
        return List.copyOf(record.values());
    }

    /** @return what {@link SecretApplier} returns where nothing is left to be restored */
    public List<RecordedSecret> asListed() {
        return SecretApplier.record(plan.wanted().values(), plan.live());
    }

    /** @return names of secrets that keep the value that the deployment gave them, or stay deleted */
    public List<String> lost() {
        return lost;
    }

    /** @return names of secrets that get another value than they had before the deployment */
    public List<String> altered() {
        return altered;
    }

    /** @return a sentence each for the log, to be said before and after; empty where everything comes back */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!lost.isEmpty()) {
            warnings.add(("Cannot be restored, because Supabase gives no value back and the previous release named no "
                            + "credential for it: %s. What the deployment did to it stays.")
                    .formatted(String.join(", ", lost)));
        }
        if (!altered.isEmpty()) {
            warnings.add("Restored with what the credential holds now, which is not what ran before the deployment: %s."
                    .formatted(String.join(", ", altered)));
        }
        return warnings;
    }
}
