package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionChange.Kind;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a deployment would do with the edge functions of an environment. See {@link FunctionPlanner}. */
public final class FunctionPlan {
    private final List<EdgeFunction> functions;
    private final Map<String, DeployedFunction> live;
    private final List<FunctionChange> changes;
    private final List<FunctionDrift> changedOutside;

    /** @param live by slug, without what the platform lists as removed */
    FunctionPlan(
            List<EdgeFunction> functions,
            Map<String, DeployedFunction> live,
            List<FunctionChange> changes,
            List<FunctionDrift> changedOutside) {
        this.functions = List.copyOf(functions);
        this.live = Map.copyOf(live);
        this.changes = List.copyOf(changes);
        this.changedOutside = List.copyOf(changedOutside);
    }

    /** @return one a function of the release or the environment, sorted by slug; versions before that a blue-green
     *     deployment keeps are not included */
    public List<FunctionChange> changes() {
        return changes;
    }

    /** @return functions that somebody else changed since the last deployment, sorted by slug */
    public List<FunctionDrift> changedOutside() {
        return changedOutside;
    }

    /** @return slugs that are to be deleted because the deployment prunes, sorted */
    public List<String> toRemove() {
        return slugs(Kind.REMOVE);
    }

    /** @return shadows that an interrupted blue-green deployment has left, sorted */
    public List<String> leftBehind() {
        return slugs(Kind.LEFT_BEHIND);
    }

    private List<String> slugs(Kind kind) {
        return changes.stream()
                .filter(change -> change.kind() == kind)
                .map(FunctionChange::slug)
                .toList();
    }

    /** @return those of the release, in its order */
    List<EdgeFunction> functions() {
        return functions;
    }

    /** @return those that must be uploaded, in the order of the release */
    List<EdgeFunction> toBundle() {
        Set<String> changed = changes.stream()
                .filter(change -> change.kind() == Kind.NEW || change.kind() == Kind.CHANGED)
                .map(FunctionChange::slug)
                .collect(Collectors.toSet());
        return functions.stream().filter(function -> changed.contains(function.slug())).toList();
    }

    /** @return what ran when the plan was made, shadows included */
    Map<String, DeployedFunction> live() {
        return live;
    }

    /** @param slug of a function of the release */
    String digest(String slug) {
        return changes.stream()
                .filter(change -> change.slug().equals(slug))
                .map(FunctionChange::digest)
                .findFirst()
                .orElseThrow();
    }
}
