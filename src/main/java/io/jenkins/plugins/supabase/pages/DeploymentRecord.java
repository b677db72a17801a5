package io.jenkins.plugins.supabase.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;

/**
 * What a build keeps of a deployment.
 *
 * @param formatVersion counts up when a reader of older records would misunderstand newer ones
 * @param message       for people, where the result has none; else null
 * @param result        null until it has ended, and where it ended without one that anybody recorded
 */
public record DeploymentRecord(int formatVersion, String environment, State state, String message, DeployResult result) {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** How far it came. */
    public enum State {
        RUNNING,
        SUCCEEDED,
        UNCHANGED,
        FAILED,
        ROLLED_BACK,
        STOPPED
    }

    public static DeploymentRecord running(String environment) {
        return new DeploymentRecord(FORMAT, environment, State.RUNNING, null, null);
    }

    /**
     * Of one that somebody stopped, so that it told no result.
     *
     * @param recorded what the environment's ledger has of it; null where it has nothing or was not reached
     */
    public static DeploymentRecord stopped(String environment, DeployResult recorded) {
        return new DeploymentRecord(
                FORMAT,
                environment,
                State.STOPPED,
                "It was stopped. The log of the build says what is live; deploying again goes on from there.",
                recorded == null ? null : withoutPlan(recorded));
    }

    /**
     * Of one that failed without a result.
     *
     * @param recorded as in {@link #stopped}; null also where nothing was begun
     */
    public static DeploymentRecord failed(String environment, String message, DeployResult recorded) {
        return new DeploymentRecord(
                FORMAT, environment, State.FAILED, message, recorded == null ? null : withoutPlan(recorded));
    }

    public static DeploymentRecord of(DeployResult result) {
        return new DeploymentRecord(
                FORMAT, result.environment(), State.valueOf(result.outcome().name()), null, withoutPlan(result));
    }

    /** The plan is on a page of its own. */
    private static DeployResult withoutPlan(DeployResult result) {
        return new DeployResult(
                result.environment(),
                result.outcome(),
                result.message(),
                result.deployment(),
                result.releaseVersion(),
                result.releaseDigest(),
                null,
                result.steps(),
                result.migrations(),
                result.functions(),
                result.health(),
                result.apiCalls(),
                result.durationMillis());
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return null for a text that is no record, or one of a newer version of the plugin */
    static DeploymentRecord read(String json) {
        try {
            DeploymentRecord record = MAPPER.readValue(json, DeploymentRecord.class);
            return record.formatVersion() > FORMAT ? null : record;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
