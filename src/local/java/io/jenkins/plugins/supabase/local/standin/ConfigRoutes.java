package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sections of a project's settings, and all of them at once as the second version of the API gives them. */
final class ConfigRoutes {
    private static final String PROJECT = "/v1/projects/{ref}";
    private static final String CONFIG = PROJECT + "/config";
    private static final Map<String, List<String>> WHOLE_FEATURES = Map.of(
            "icebergCatalog", List.of("enabled", "maxNamespaces", "maxTables", "maxCatalogs"),
            "vectorBuckets", List.of("enabled", "maxBuckets", "maxIndexes"));

    void addTo(Routes routes) {
        routes.guarded("GET " + CONFIG + "/auth", "auth_config_read", call -> shown(call, Section.AUTH))
                .guarded("PATCH " + CONFIG + "/auth", "auth_config_write", this::patchAuth)
                .guarded("GET " + PROJECT + "/postgrest", "data_api_config_read", this::postgrest)
                .guarded("PATCH " + PROJECT + "/postgrest", "data_api_config_write", this::patchPostgrest)
                .guarded("GET " + CONFIG + "/storage", "storage_config_read", call -> shown(call, Section.STORAGE))
                .guarded("PATCH " + CONFIG + "/storage", "storage_config_write", this::patchStorage)
                .guarded("GET " + CONFIG + "/realtime", "realtime_config_read", call -> shown(call, Section.REALTIME))
                .guarded("PATCH " + CONFIG + "/realtime", "realtime_config_write", this::patchRealtime)
                .guarded("GET " + CONFIG + "/database/postgres", "database_config_read", this::postgres)
                .guarded("PUT " + CONFIG + "/database/postgres", "database_config_write", this::replacePostgres)
                .guarded("PATCH " + CONFIG + "/database/postgres", "database_config_write", this::changePostgres)
                .guarded("GET " + CONFIG + "/database/pooler", "database_pooling_config_read", this::pooler)
                .guarded("PATCH " + CONFIG + "/database/pooler", "database_pooling_config_write", this::patchPooler)
                .guarded("GET /v2/projects/{ref}/config", "database_config_read", EffectiveConfig::answer);
    }

    private Reply patchAuth(Call call) {
        merge(call, Section.AUTH);
        return shown(call, Section.AUTH);
    }

    /** The real API gives the JWT secret away here, in clear. So does this one: clients must not log the answer. */
    private Reply postgrest(Call call) {
        ObjectNode section = call.project().config().section(Section.POSTGREST);
        return Reply.ok(section.put("jwt_secret", call.project().keys().jwtSecret()));
    }

    private Reply patchPostgrest(Call call) {
        merge(call, Section.POSTGREST);
        return shown(call, Section.POSTGREST);
    }

    /** The OpenAPI document wants these groups whole. */
    private Reply patchStorage(Call call) {
        JsonNode features = object(call).path("features");
        WHOLE_FEATURES.forEach((group, fields) -> {
            if (features.has(group) && !fields.stream().allMatch(features.get(group)::has)) {
                throw new Refusal(400, "features.%s: Required: %s".formatted(group, String.join(", ", fields)));
            }
        });
        merge(call, Section.STORAGE);
        return Reply.empty(200);
    }

    private Reply patchRealtime(Call call) {
        merge(call, Section.REALTIME);
        return Reply.empty(204);
    }

    private Reply postgres(Call call) {
        return shown(call, Section.POSTGRES);
    }

    /** Postgres settings have no defaults here: only what was set is kept and answered. */
    private Reply changePostgres(Call call) {
        call.project().config().merge(Section.POSTGRES, overrides(call));
        return postgres(call);
    }

    /** The Supabase CLI's postgres-config delete takes overrides back by sending all the others. */
    private Reply replacePostgres(Call call) {
        call.project().config().replace(Section.POSTGRES, overrides(call));
        return postgres(call);
    }

    private static ObjectNode overrides(Call call) {
        ObjectNode changes = object(call).deepCopy();
        changes.remove("restart_database");
        return changes;
    }

    private Reply pooler(Call call) {
        StandInProject project = call.project();
        String host = "aws-0-" + project.region() + ".pooler.supabase.com";
        String user = "postgres." + project.ref();
        String url = "postgresql://" + user + ":[YOUR-PASSWORD]@" + host + ":6543/postgres";
        ObjectNode pooler = Json.object().put("identifier", project.ref()).put("database_type", "PRIMARY");
        pooler.put("db_user", user).put("db_host", host).put("db_port", 6543).put("db_name", "postgres");
        pooler.put("connection_string", url).setAll(project.config().section(Section.POOLER));
        pooler.putNull("max_client_conn").put("is_using_scram_auth", true).put("connectionString", url);
        return Reply.ok(Json.array().add(pooler));
    }

    private Reply patchPooler(Call call) {
        merge(call, Section.POOLER);
        return shown(call, Section.POOLER);
    }

    private static Reply shown(Call call, Section section) {
        return Reply.ok(call.project().config().shown(section));
    }

    private static void merge(Call call, Section section) {
        JsonNode changes = object(call);
        ObjectNode known = call.project().config().section(section);
        List<String> unknown = new ArrayList<>();
        changes.fieldNames().forEachRemaining(name -> {
            if (!known.has(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new Refusal(400, "Unrecognized key(s) in object: " + String.join(", ", unknown));
        }
        call.project().config().merge(section, changes);
    }

    private static JsonNode object(Call call) {
        JsonNode json = call.request().json();
        if (!json.isObject()) {
            throw new Refusal(400, "Expected object");
        }
        return json;
    }
}
