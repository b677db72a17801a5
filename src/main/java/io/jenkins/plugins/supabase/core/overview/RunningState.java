package io.jenkins.plugins.supabase.core.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.supabase.core.ledger.CurrentState;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.ReleaseEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The release that runs in an environment, and what the last deployment left there.
 *
 * @param deployment  the last successful one
 * @param since       when the release came, this time
 * @param commit      in full; null where the release has none
 * @param author      of the commit; null like it
 * @param committedAt null like it
 * @param migrations  file names of the release's migrations, in their order
 */
public record RunningState(
        Deployment deployment,
        Instant since,
        String commit,
        String author,
        Instant committedAt,
        List<String> migrations,
        EnvironmentState state) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MIGRATIONS = "supabase/migrations/";
    private static final String SQL = ".sql";

    /** @param release null where the ledger has lost it */
    static RunningState of(CurrentState current, Instant since, ReleaseEntry release) {
        JsonNode manifest = manifest(release);
        return new RunningState(
                current.deployment(),
                since,
                manifest.path("commit").textValue(),
                manifest.path("author").textValue(),
                time(manifest.path("committedAt").textValue()),
                migrations(manifest),
                current.state() == null ? EnvironmentState.EMPTY : current.state());
    }

    private static JsonNode manifest(ReleaseEntry release) {
        try {
            return release == null ? JSON.createObjectNode() : JSON.readTree(release.manifestJson());
        } catch (JsonProcessingException e) {
            // A page shows what it can; a deployment of the release says what is wrong with it.
            return JSON.createObjectNode();
        }
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static List<String> migrations(JsonNode manifest) {
        List<String> names = new ArrayList<>();
        for (JsonNode file : manifest.path("files")) {
            String path = file.path("path").asText();
            if (path.startsWith(MIGRATIONS) && path.endsWith(SQL) && path.indexOf('/', MIGRATIONS.length()) < 0) {
                names.add(path.substring(MIGRATIONS.length()));
            }
        }
        names.sort(null);
        return names;
    }
}
