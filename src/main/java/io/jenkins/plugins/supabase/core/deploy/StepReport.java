package io.jenkins.plugins.supabase.core.deploy;

import java.io.Serializable;

/**
 * One step of a deployment.
 *
 * @param kind    such as {@code migration}, {@code config} or {@code health}
 * @param subject what it was about, such as a file name; may be empty
 * @param done    false where it failed
 * @param detail  one line for people; may be empty
 */
public record StepReport(String kind, String subject, boolean done, long millis, String detail)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The kind of the step that makes a restore point; its subject is the point's name. */
    static final String RESTORE_POINT = "restore point";

    /** The detail of a step whose end nobody recorded. */
    static final String INTERRUPTED = "interrupted";

    /** @return whether it neither was done nor failed, as something came between */
    public boolean interrupted() {
        return !done && detail.equals(INTERRUPTED);
    }

    /** @return as a person calls it */
    String label() {
        return subject.isEmpty() ? kind : kind + " " + subject;
    }
}
