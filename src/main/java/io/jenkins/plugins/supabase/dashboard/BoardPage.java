package io.jenkins.plugins.supabase.dashboard;

import hudson.model.ModelObject;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.StaplerProxy;

/** A page below the page of environments: whoever may not see that one sees nothing of this either. */
public abstract class BoardPage implements ModelObject, StaplerProxy {
    private final EnvironmentsBoard board;
    private final String displayName;

    BoardPage(EnvironmentsBoard board, String displayName) {
        this.board = board;
        this.displayName = displayName;
    }

    @Override
    public final Object getTarget() {
        board.check();
        return this;
    }

    @Override
    public final String getDisplayName() {
        return displayName;
    }

    public final TimeView getTimes() {
        return new TimeView();
    }

    /** @return of the environments that there are to choose from */
    public final List<String> getNames() {
        return snapshots().stream().map(Snapshot::name).toList();
    }

    /** @throws org.springframework.security.access.AccessDeniedException if the user may not see environments */
    final List<Snapshot> snapshots() {
        board.check();
        return board.snapshots();
    }

    final Optional<Snapshot> find(String name) {
        return snapshots().stream()
                .filter(snapshot -> snapshot.name().equals(name))
                .findFirst();
    }

    final EnvironmentsBoard board() {
        return board;
    }
}
