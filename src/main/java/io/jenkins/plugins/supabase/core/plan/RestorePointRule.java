package io.jenkins.plugins.supabase.core.plan;

/** Whether the platform is asked for a restore point before migrations that no rollback file takes back. */
public enum RestorePointRule {
    NONE("none"),
    /** Where it cannot be had, the deployment goes on without. */
    IF_POSSIBLE("ifPossible"),
    /** Where it cannot be had, nothing is deployed. */
    REQUIRED("required");

    private final String word;

    RestorePointRule(String word) {
        this.word = word;
    }

    /** @return as a Jenkinsfile writes it */
    public String word() {
        return word;
    }
}
