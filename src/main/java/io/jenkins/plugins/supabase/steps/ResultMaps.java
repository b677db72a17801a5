package io.jenkins.plugins.supabase.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.ProbeResult;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as plain maps and lists, which a sandboxed Jenkinsfile may read and write out as JSON. */
final class ResultMaps {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ResultMaps() {}

    static HashMap<String, Object> of(DeployResult result) {
        List<Object> migrations = new ArrayList<>();
        for (MigrationOutcome migration : result.migrations()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("version", migration.version());
            map.put("name", migration.name());
            map.put("durationMillis", migration.durationMillis());
            migrations.add(map);
        }
        List<Object> functions = new ArrayList<>();
        for (FunctionOutcome function : result.functions()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("slug", function.slug());
            map.put("version", function.version());
            map.put("change", lowerCase(function.change()));
            map.put("durationMillis", function.durationMillis());
            functions.add(map);
        }
        HashMap<String, Object> map = new LinkedHashMap<>();
        map.put("environment", result.environment());
        map.put("outcome", lowerCase(result.outcome()));
        map.put("changed", result.changed());
        map.put("message", result.message());
        map.put("version", result.releaseVersion());
        map.put("digest", result.releaseDigest());
        map.put("deployment", result.deployment());
        map.put("restorePoint", result.restorePoint());
        map.put("migrations", migrations);
        map.put("functions", functions);
        map.put("health", result.health() == null ? null : of(result.health()));
        map.put("apiCalls", result.apiCalls());
        map.put("durationMillis", result.durationMillis());
        return map;
    }

    /** @param record of numbers, texts, lists and maps of these, and further such records */
    static HashMap<String, Object> ofRecord(Object record) {
        return MAPPER.convertValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** @param json an object, of which nothing is a secret */
    static HashMap<String, Object> ofJson(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static HashMap<String, Object> of(HealthReport report) {
        List<Object> probes = new ArrayList<>();
        for (ProbeResult probe : report.probes()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", probe.name());
            map.put("target", probe.target());
            map.put("verdict", lowerCase(probe.verdict()));
            map.put("latencyMillis", probe.latencyMillis());
            map.put("attempts", probe.attempts());
            map.put("detail", probe.detail());
            probes.add(map);
        }
        HashMap<String, Object> map = new LinkedHashMap<>();
        map.put("environment", report.environment());
        map.put("healthy", report.healthy());
        map.put("probes", probes);
        map.put("durationMillis", report.durationMillis());
        return map;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
