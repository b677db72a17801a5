package io.jenkins.plugins.supabase.core.backup.restore;

/** Where a backup is restored to. */
public enum RestoreMode {
    /** A database that does not exist yet, or is empty. */
    NEW_DATABASE("newDatabase"),
    /** The place of the database that the environment has. */
    IN_PLACE("inPlace");

    private final String word;

    RestoreMode(String word) {
        this.word = word;
    }

    /** @return as it is written */
    public String word() {
        return word;
    }
}
