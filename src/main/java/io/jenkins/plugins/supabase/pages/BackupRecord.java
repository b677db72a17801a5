package io.jenkins.plugins.supabase.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.backup.BackupSummary;
import io.jenkins.plugins.supabase.core.backup.RestoreSummary;
import io.jenkins.plugins.supabase.core.backup.VerificationSummary;

/**
 * What a build keeps of a backup that it made, verified or restored.
 *
 * @param formatVersion counts up when a reader of older records would misunderstand newer ones
 * @param step          what a Jenkinsfile calls the step
 * @param message       for people; null where there is nothing to say
 * @param backup        that was made; null for other steps, and where none was
 * @param verification  what it found; null for other steps, and where it came to nothing
 * @param restore       what was restored; null likewise
 */
public record BackupRecord(
        int formatVersion,
        String environment,
        String step,
        State state,
        String message,
        BackupSummary backup,
        VerificationSummary verification,
        RestoreSummary restore) {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** How far it came. */
    public enum State {
        RUNNING,
        DONE,
        /** The backup is not where it was wanted, or a verification found something wrong. */
        WANTING,
        FAILED,
        STOPPED
    }

    public static BackupRecord running(String environment, String step) {
        return new BackupRecord(FORMAT, environment, step, State.RUNNING, null, null, null, null);
    }

    /** @param state FAILED or STOPPED */
    public static BackupRecord ended(String environment, String step, State state, String message) {
        return new BackupRecord(FORMAT, environment, step, state, message, null, null, null);
    }

    /** @param message null for a backup that is wherever it is wanted */
    public static BackupRecord of(String step, BackupSummary backup, String message) {
        return new BackupRecord(
                FORMAT, backup.environment(), step, state(message == null), message, backup, null, null);
    }

    public static BackupRecord of(String step, VerificationSummary found) {
        return new BackupRecord(FORMAT, found.environment(), step, state(found.sound()), null, null, found, null);
    }

    public static BackupRecord of(String step, RestoreSummary restore) {
        return new BackupRecord(
                FORMAT, restore.environment(), step, state(restore.problems().isEmpty()), null, null, null, restore);
    }

    private static State state(boolean well) {
        return well ? State.DONE : State.WANTING;
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return null for a text that is no record, or one of a newer version of the plugin */
    static BackupRecord read(String json) {
        try {
            BackupRecord record = MAPPER.readValue(json, BackupRecord.class);
            return record.formatVersion() > FORMAT ? null : record;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
