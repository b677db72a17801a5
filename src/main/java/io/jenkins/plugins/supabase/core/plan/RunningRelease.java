package io.jenkins.plugins.supabase.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.ledger.ReleaseEntry;

/** What the ledger knows of the release that runs. */
final class RunningRelease {
    private static final JsonMapper JSON = new JsonMapper();

    private RunningRelease() {}

    static ReleaseSummary of(LedgerReader ledger, Deployment deployment) {
        String manifest = ledger.release(deployment.releaseDigest())
                .map(ReleaseEntry::manifestJson)
                .orElse("{}");
        try {
            JsonNode json = JSON.readTree(manifest);
            return new ReleaseSummary(
                    deployment.releaseDigest(),
                    deployment.releaseVersion(),
                    text(json, "commit"),
                    text(json, "branch"),
                    text(json, "author"),
                    !json.path("modifiedFiles").isEmpty());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger keeps JSON", e);
        }
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).isTextual() ? json.get(member).asText() : null;
    }
}
