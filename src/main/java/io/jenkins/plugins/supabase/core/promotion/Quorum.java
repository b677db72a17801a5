package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose approvals are needed. Several quorums of a gate must each be reached, so that one which a Jenkinsfile adds can
 * never stand in for the administrators' own.
 *
 * <p>No record, see {@link GateCondition}.
 */
public final class Quorum implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nobody needs to approve. */
    public static final Quorum NONE = new Quorum(0, List.of(), List.of());

    private final int approvals;
    private final ArrayList<String> approvers;
    private final ArrayList<String> oneFromEach;

    /**
     * @param approvals   how many different people must approve, 0 or more
     * @param approvers   ids of users and names of groups, any of whose members may; empty for everybody who has the
     *     permission to promote, unless there are groups in {@code oneFromEach}
     * @param oneFromEach groups, of each of which one person must approve; nobody counts for two groups
     */
    public Quorum(int approvals, Collection<String> approvers, Collection<String> oneFromEach) {
        if (approvals < 0) {
            throw new IllegalArgumentException("approvals is " + approvals + ", but must be 0 or more");
        }
        this.approvals = approvals;
        this.approvers = new ArrayList<>(new TreeSet<>(approvers));
        this.oneFromEach = new ArrayList<>(new TreeSet<>(oneFromEach));
    }

    public int approvals() {
        return approvals;
    }

    public List<String> approvers() {
        return List.copyOf(approvers);
    }

    public List<String> oneFromEach() {
        return List.copyOf(oneFromEach);
    }

    /** @return how many people there must be at least */
    public int people() {
        return Math.max(approvals, oneFromEach.size());
    }

    /** @return whether an approval of this user counts */
    public boolean counts(Voter voter) {
        return approvers.isEmpty() && oneFromEach.isEmpty()
                || voter.isAnyOf(approvers)
                || oneFromEach.stream().anyMatch(voter::isIn);
    }

    /** @return users and groups that count; empty for everybody */
    public List<String> names() {
        Set<String> names = new TreeSet<>(approvers);
        names.addAll(oneFromEach);
        return List.copyOf(names);
    }

    /**
     * @param approved different people
     * @return what is missing, such as "1 more approval" or "an approval of the group dba"; empty where it is reached
     */
    List<String> missing(Collection<Voter> approved) {
        List<Voter> counted = approved.stream().filter(this::counts).toList();
        List<String> missing = new ArrayList<>();
        Set<String> open = uncovered(counted);
        open.forEach(group -> missing.add("an approval of the group " + group));
        int more = approvals - counted.size() - open.size();
        if (more > 0) {
            String of = names().isEmpty() ? "" : " of " + String.join(", ", names());
            missing.add(more + " more approval" + (more == 1 ? "" : "s") + of);
        }
        return missing;
    }

    /** Each person stands for one group; people are moved between their groups until as many as can be are covered. */
    private Set<String> uncovered(List<Voter> people) {
        Map<Voter, String> standsFor = new HashMap<>();
        Set<String> open = new TreeSet<>();
        for (String group : oneFromEach) {
            if (!cover(group, people, standsFor, new HashSet<>())) {
                open.add(group);
            }
        }
        return open;
    }

    private static boolean cover(String group, List<Voter> people, Map<Voter, String> standsFor, Set<Voter> asked) {
        for (Voter person : people) {
            if (!person.isIn(group) || !asked.add(person)) {
                continue;
            }
            String other = standsFor.get(person);
            if (other == null || cover(other, people, standsFor, asked)) {
                standsFor.put(person, group);
                return true;
            }
        }
        return false;
    }

    /** @return with no more than so many approvals, of the same people, whatever group they are from */
    Quorum reducedTo(int most) {
        return people() <= most ? this : new Quorum(most, names(), List.of());
    }

    /** @return what is asked, such as "2 approvals of release-managers, one of them from each of dba, security" */
    public String describe() {
        if (people() == 0) {
            return "no approval";
        }
        String number = people() + " approval" + (people() == 1 ? "" : "s");
        String of = approvers.isEmpty() ? "" : " of " + String.join(", ", approvers);
        String each = oneFromEach.isEmpty() ? "" : ", one from each of " + String.join(", ", oneFromEach);
        return number + of + each;
    }

    /** @return both together; one of a Jenkinsfile that names nobody means the administrators' approvers */
    static List<Quorum> strengthened(List<Quorum> gate, List<Quorum> asked) {
        Map<List<List<String>>, Quorum> byPeople = new LinkedHashMap<>();
        for (Quorum one : gate) {
            byPeople.merge(one.whose(), one, Quorum::larger);
        }
        for (Quorum one : asked) {
            boolean named = !one.names().isEmpty() || gate.size() != 1;
            Quorum meant = named ? one : new Quorum(one.approvals, gate.get(0).approvers, gate.get(0).oneFromEach);
            byPeople.merge(meant.whose(), meant, Quorum::larger);
        }
        return List.copyOf(byPeople.values());
    }

    private List<List<String>> whose() {
        return List.of(approvers, oneFromEach);
    }

    private Quorum larger(Quorum other) {
        return other.approvals > approvals ? other : this;
    }

    @Override
    public String toString() {
        return describe();
    }
}
