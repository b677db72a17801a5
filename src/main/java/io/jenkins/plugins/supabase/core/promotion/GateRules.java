package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.trace.Severity;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a promotion to an environment must pass. Administrators write it; a Jenkinsfile can only make it stricter, see
 * {@link #strengthenedBy}.
 *
 * @param quorums       each of which must be reached; empty where nobody needs to approve
 * @param allowStarter  whether who started the build may approve
 * @param allowAuthor   whether an author of the commits that come with the release may approve
 * @param soak          how long the release must have run in the source environment without interruption; zero for not
 * @param sourceHealthy whether the source must be healthy now, and must have been so through the soak
 * @param backupMaxAge  of the target's last verified backup; null where none is asked for
 * @param noDrift       whether the target must be as deployments left it
 * @param maxSeverity   of findings in the plan that are not waived; null where none are refused
 * @param sources       names of environments that may be promoted from; empty for any other
 * @param branches      of which the first that fits the release's branch counts; empty for any branch
 * @param expiry        how long approvals are waited for; null for ever
 * @param emergency     null where nothing is an emergency
 * @param trace         whether the plan includes the lock trace
 */
public record GateRules(
        List<Quorum> quorums,
        boolean allowStarter,
        boolean allowAuthor,
        Duration soak,
        boolean sourceHealthy,
        Duration backupMaxAge,
        boolean noDrift,
        Severity maxSeverity,
        List<String> sources,
        List<BranchRule> branches,
        List<Freeze> freezes,
        Duration expiry,
        EmergencyRule emergency,
        boolean trace)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<BranchRule> ANY_BRANCH = List.of(new BranchRule(List.of(), null, null, null));

    /** Asks nothing; what a Jenkinsfile asks for begins with it. */
    public static final GateRules NONE = new GateDraft().with(draft -> {});

    /** One approval by somebody who neither started the build nor wrote a commit of the release, within three days. */
    public static final GateRules DEFAULT = NONE.withQuorum(new Quorum(1, List.of(), List.of()))
            .withAllowStarter(false)
            .withAllowAuthor(false)
            .withExpiry(Duration.ofDays(3))
            .withEmergency(EmergencyRule.DEFAULT);

    public GateRules {
        quorums = new ArrayList<>(quorums);
        sources = new ArrayList<>(sources);
        branches = new ArrayList<>(branches);
        freezes = new ArrayList<>(freezes);
        soak = soak == null ? Duration.ZERO : soak;
    }

    /**
     * @param asked by a Jenkinsfile
     * @return what meets both. Numbers are the larger ones, ages and times the shorter ones; quorums, freezes and
     *     patterns of branches all hold; an emergency is only what administrators call one
     */
    public GateRules strengthenedBy(GateRules asked) {
        return with(both -> {
            both.quorums = Quorum.strengthened(quorums, asked.quorums);
            both.allowStarter = allowStarter && asked.allowStarter;
            both.allowAuthor = allowAuthor && asked.allowAuthor;
            both.soak = longer(soak, asked.soak);
            both.sourceHealthy = sourceHealthy || asked.sourceHealthy;
            both.backupMaxAge = shorter(backupMaxAge, asked.backupMaxAge);
            both.noDrift = noDrift || asked.noDrift;
            both.maxSeverity = lower(maxSeverity, asked.maxSeverity);
            both.sources = both(sources, asked.sources);
            both.branches = bothBranches(asked);
            both.freezes = Stream.concat(freezes.stream(), asked.freezes.stream()).toList();
            both.expiry = shorter(expiry, asked.expiry);
            both.trace = trace || asked.trace;
        });
    }

    /**
     * @param branch null where it is not known
     * @return the rules for releases of that branch; empty where they may not be promoted
     */
    public Optional<GateRules> on(String branch) {
        if (branches.isEmpty()) {
            return Optional.of(this);
        }
        return branches.stream().filter(rule -> rule.fits(branch)).findFirst().map(rule -> withQuorums(
                        rule.quorums() == null ? quorums : rule.quorums())
                .withSoak(rule.soak() == null ? soak : rule.soak())
                .withSourceHealthy(rule.sourceHealthy() == null ? sourceHealthy : rule.sourceHealthy()));
    }

    /** @return the rules for an emergency; the conditions that it goes past are looked at nevertheless */
    GateRules inEmergency() {
        return withQuorums(quorums.stream()
                .map(quorum -> quorum.reducedTo(emergency.approvals()))
                .toList());
    }

    public boolean allowsSource(String name) {
        return sources.isEmpty() || sources.contains(name);
    }

    /** Every pair, so that a branch must fit a rule of both sides and gets the stricter of each. */
    private List<BranchRule> bothBranches(GateRules asked) {
        List<BranchRule> all = new ArrayList<>();
        if (!branches.isEmpty() || !asked.branches.isEmpty()) {
            for (BranchRule own : branches.isEmpty() ? ANY_BRANCH : branches) {
                for (BranchRule other : asked.branches.isEmpty() ? ANY_BRANCH : asked.branches) {
                    all.add(both(own, other, asked));
                }
            }
        }
        return all;
    }

    private BranchRule both(BranchRule own, BranchRule other, GateRules asked) {
        return new BranchRule(
                Stream.concat(own.patterns().stream(), other.patterns().stream()).distinct().toList(),
                Quorum.strengthened(
                        own.quorums() == null ? quorums : own.quorums(),
                        other.quorums() == null ? asked.quorums : other.quorums()),
                longer(own.soak() == null ? soak : own.soak(), other.soak() == null ? asked.soak : other.soak()),
                (own.sourceHealthy() == null ? sourceHealthy : own.sourceHealthy())
                        || (other.sourceHealthy() == null ? asked.sourceHealthy : other.sourceHealthy()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one == null || other != null && other.compareTo(one) < 0 ? other : one;
    }

    private static Severity lower(Severity one, Severity other) {
        return one == null || other != null && other.compareTo(one) < 0 ? other : one;
    }

    /** Where the two have nothing in common, a name that no environment can have: empty would mean any. */
    private static List<String> both(List<String> own, List<String> asked) {
        if (own.isEmpty() || asked.isEmpty()) {
            return own.isEmpty() ? asked : own;
        }
        List<String> common = own.stream().filter(asked::contains).toList();
        return common.isEmpty() ? List.of("") : common;
    }

    private GateRules with(Consumer<GateDraft> change) {
        return GateDraft.of(this).with(change);
    }

    public GateRules withQuorum(Quorum value) {
        return withQuorums(List.of(value));
    }

    public GateRules withQuorums(List<Quorum> value) {
        return with(draft -> draft.quorums = value);
    }

    public GateRules withAllowStarter(boolean value) {
        return with(draft -> draft.allowStarter = value);
    }

    public GateRules withAllowAuthor(boolean value) {
        return with(draft -> draft.allowAuthor = value);
    }

    public GateRules withSoak(Duration value) {
        return with(draft -> draft.soak = value);
    }

    public GateRules withSourceHealthy(boolean value) {
        return with(draft -> draft.sourceHealthy = value);
    }

    /** @param value null where none is asked for */
    public GateRules withBackupMaxAge(Duration value) {
        return with(draft -> draft.backupMaxAge = value);
    }

    public GateRules withNoDrift(boolean value) {
        return with(draft -> draft.noDrift = value);
    }

    /** @param value null where no findings are refused */
    public GateRules withMaxSeverity(Severity value) {
        return with(draft -> draft.maxSeverity = value);
    }

    public GateRules withSources(List<String> value) {
        return with(draft -> draft.sources = value);
    }

    public GateRules withBranches(List<BranchRule> value) {
        return with(draft -> draft.branches = value);
    }

    public GateRules withFreezes(List<? extends Freeze> value) {
        return with(draft -> draft.freezes = List.copyOf(value));
    }

    /** @param value null for ever */
    public GateRules withExpiry(Duration value) {
        return with(draft -> draft.expiry = value);
    }

    /** @param value null where nothing is an emergency */
    public GateRules withEmergency(EmergencyRule value) {
        return with(draft -> draft.emergency = value);
    }

    public GateRules withTrace(boolean value) {
        return with(draft -> draft.trace = value);
    }
}
