package io.jenkins.plugins.supabase.core.deploy;

/** How edge functions are brought live. */
public enum Strategy {
    /** All at once in the place of those that run. */
    DIRECT("direct"),
    /** Beside those that run first, under {@code <slug>--next}; switched once they are healthy there. */
    BLUE_GREEN("blueGreen");

    private final String word;

    Strategy(String word) {
        this.word = word;
    }

    /** @return as a Jenkinsfile and the ledger write it */
    public String word() {
        return word;
    }
}
