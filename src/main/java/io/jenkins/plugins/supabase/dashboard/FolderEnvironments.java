package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import hudson.model.ItemGroup;
import hudson.security.AccessControlled;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The environments that jobs in a folder have deployed to: {@code <folder>/supabase-environments}. */
public final class FolderEnvironments extends EnvironmentsBoard {
    private final AbstractItem folder;

    FolderEnvironments(AbstractItem folder) {
        this.folder = folder;
    }

    @Override
    AccessControlled place() {
        return folder;
    }

    @Override
    String address() {
        return folder.getUrl();
    }

    /** Folders are of several plugins; what they have in common is that they hold items. */
    @Extension
    public static final class Factory extends TransientActionFactory<AbstractItem> {
        @Override
        public Class<AbstractItem> type() {
            return AbstractItem.class;
        }

        @Override
        public Collection<? extends Action> createFor(AbstractItem target) {
            return target instanceof ItemGroup ? List.of(new FolderEnvironments(target)) : List.of();
        }
    }
}
