package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.config.RemoteConfig;
import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.plan.BucketState;
import io.jenkins.plugins.supabase.core.plan.Look;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an environment has after a deployment, as later plans shall compare it. */
final class Observation {
    private final Target target;
    private final Look look;
    private final boolean acceptDrift;

    /** @param look what was found before */
    Observation(Target target, Look look, boolean acceptDrift) {
        this.target = target;
        this.look = look;
        this.acceptDrift = acceptDrift;
    }

    /**
     * @param before    as found when the first attempt at this deployment began
     * @param functions null where they stayed as recorded
     * @param secrets   null where they stayed as recorded
     * @param hidden    keys of config.toml whose values may not be shown
     */
    EnvironmentState after(
            Before before, List<RecordedFunction> functions, List<RecordedSecret> secrets, Collection<String> hidden)
            throws InterruptedException {
        EnvironmentState recorded = look.recorded();
        return EnvironmentState.of(
                functions == null ? recorded.functions() : functions,
                config(recorded.config(), before.config(), hidden),
                secrets == null ? secrets(recorded) : secrets,
                buckets(recorded),
                baseline(recorded.schema(), before.schema(), schema()));
    }

    /** When secrets were set is all that is known of them, so that those of an unfinished deployment are taken as they are. */
    private List<RecordedSecret> secrets(EnvironmentState recorded) {
        boolean taken = acceptDrift || !look.unfinished().isEmpty();
        return taken && look.secrets() != null ? look.secrets().asListed() : recorded.secrets();
    }

    private SortedMap<String, String> config(
            SortedMap<String, String> recorded, SortedMap<String, String> before, Collection<String> hidden)
            throws InterruptedException {
        if (look.remote() == null) {
            return recorded;
        }
        SortedMap<String, String> config =
                baseline(recorded, before, RemoteConfig.read(target.client()).fingerprint(hidden));
        if (look.config() != null) {
            // Of secrets that the platform does not let compare otherwise.
            config.putAll(look.config().secretFingerprints());
        }
        return config;
    }

    /** Only of buckets that were declared, or had been: others are nobody's business here. */
    private SortedMap<String, SortedMap<String, String>> buckets(EnvironmentState recorded) throws InterruptedException {
        if (look.buckets() == null) {
            return recorded.buckets();
        }
        SortedMap<String, SortedMap<String, String>> before = BucketState.of(look.buckets().live());
        SortedMap<String, SortedMap<String, String>> after = look.buckets().plan().changes().isEmpty()
                ? before
                : BucketState.of(look.buckets().storage().buckets());
        SortedMap<String, SortedMap<String, String>> state = new TreeMap<>();
        after.forEach((name, settings) -> {
            boolean ours = look.buckets().declared().contains(name) || recorded.buckets().containsKey(name);
            if (ours) {
                state.put(
                        name,
                        baseline(
                                recorded.buckets().getOrDefault(name, new TreeMap<>()),
                                before.getOrDefault(name, new TreeMap<>()),
                                settings));
            }
        });
        return state;
    }

    private SortedMap<String, String> baseline(
            SortedMap<String, String> recorded, SortedMap<String, String> before, SortedMap<String, String> after) {
        return Baseline.of(acceptDrift ? new TreeMap<>() : recorded, before, after);
    }

    private SortedMap<String, String> schema() throws InterruptedException {
        if (target.connection() == null) {
            return new TreeMap<>();
        }
        try (Cancellable work = new Cancellable(target.connection())) {
            return work.run(SchemaState::read).objects();
        } catch (SQLException e) {
            throw new DeliveryException("The database's schema could not be read: " + e.getMessage() + ".", e);
        }
    }
}
