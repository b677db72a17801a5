package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may decide about one promotion.
 *
 * <p>No record, see {@link GateCondition}.
 */
public final class BallotRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Quorum> quorums;
    private final boolean allowStarter;
    private final boolean allowAuthor;
    private final ArrayList<String> starters;
    private final ArrayList<String> authors;

    /**
     * @param rules    on the release's branch
     * @param starters ids of users who started the build
     * @param authors  of the commits that come with the release, as git writes them
     */
    public BallotRules(GateRules rules, Collection<String> starters, Collection<String> authors) {
        this.quorums = new ArrayList<>(rules.quorums());
        this.allowStarter = rules.allowStarter();
        this.allowAuthor = rules.allowAuthor();
        this.starters = new ArrayList<>(starters);
        this.authors = new ArrayList<>(authors);
    }

    /** @return whether nobody is asked */
    public boolean asksNobody() {
        return asked().isEmpty();
    }

    /** @return those that ask anybody */
    List<Quorum> asked() {
        return quorums.stream().filter(quorum -> quorum.people() > 0).toList();
    }

    boolean allowsStarter() {
        return allowStarter;
    }

    boolean allowsAuthor() {
        return allowAuthor;
    }

    /** @return null where an approval counts */
    RefusedDecision refusal(Voter voter) {
        Optional<String> author = author(voter);
        if (!allowStarter && starters.stream().map(Voter::key).anyMatch(Voter.key(voter.id())::equals)) {
            return new RefusedDecision(
                    Reason.STARTER,
                    voter.id() + " started this build, and nobody approves what they started themselves. It was not"
                            + " counted. Ask somebody else: " + whoMay() + ".");
        }
        if (!allowAuthor && author.isPresent()) {
            return new RefusedDecision(
                    Reason.AUTHOR,
                    voter.id() + " is an author of a commit that comes with this release (" + author.get()
                            + "), and nobody approves their own work. It was not counted. Ask somebody else: "
                            + whoMay() + ".");
        }
        return listed(voter) ? null : notListed(voter);
    }

    /** Whoever may say yes may say no. So may starters and authors who are listed: it only stops what they began. */
    RefusedDecision refusalToReject(Voter voter) {
        return listed(voter) ? null : notListed(voter);
    }

    private boolean listed(Voter voter) {
        return asksNobody() || asked().stream().anyMatch(quorum -> quorum.counts(voter));
    }

    private RefusedDecision notListed(Voter voter) {
        return new RefusedDecision(
                Reason.NOT_LISTED,
                voter.id() + " is none of those who decide here. It was not counted. Ask one of them: " + whoMay()
                        + ".");
    }

    private Optional<String> author(Voter voter) {
        return authors.stream()
                .filter(author -> CommitAuthor.of(author).mayBe(voter))
                .findFirst();
    }

    /** @return all users and groups that are named; who is none of them may count nevertheless, where none are */
    public List<String> names() {
        return asked().stream()
                .flatMap(quorum -> quorum.names().stream())
                .distinct()
                .toList();
    }

    /** @return users and groups, for people; administrators of Jenkins are not among them unless they are listed */
    public String whoMay() {
        Set<String> names = new LinkedHashSet<>();
        for (Quorum quorum : asked()) {
            if (quorum.names().isEmpty()) {
                return "anybody who may promote to this environment";
            }
            names.addAll(quorum.names());
        }
        return names.isEmpty() ? "nobody needs to" : String.join(", ", names);
    }

    List<String> missing(Collection<Voter> approved) {
        return asked().stream()
                .flatMap(quorum -> quorum.missing(approved).stream())
                .distinct()
                .toList();
    }

    /** @return what is needed, such as "2 approvals of release-managers" */
    public String describe() {
        return asksNobody()
                ? "no approval"
                : asked().stream().map(Quorum::describe).collect(Collectors.joining(" and "));
    }
}
