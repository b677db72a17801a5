package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The document of {@code GET /v2/projects/{ref}/config}. There is no recording of it: names and types are those that
 * the Supabase CLI 3.1.0 accepts.
 */
final class EffectiveConfig {
    private static final Pattern UPPER_CASE = Pattern.compile("(?=[A-Z])");

    private EffectiveConfig() {}

    static Reply answer(Call call) {
        StandInProject project = call.project();
        ObjectNode document = Json.object();
        ObjectNode data = document.putObject("data").put("type", "project_config").put("id", project.ref());
        ObjectNode attributes = data.putObject("attributes");
        attributes.set("database", database(project));
        attributes.set("pooler", pooler(project.config().section(Section.POOLER)));
        attributes.set("auth", project.config().shown(Section.AUTH));
        attributes.set("api", project.config().section(Section.POSTGREST));
        attributes.set("realtime", project.config().section(Section.REALTIME).putNull("postgres_changes_pool"));
        attributes.set("storage", storage(project));
        return Reply.ok(document);
    }

    private static ObjectNode database(StandInProject project) {
        ObjectNode database = Json.object().put("major_version", 15);
        database.put("ssl_enforced", project.network().sslEnforced());
        ObjectNode restrictions = database.putObject("network_restrictions");
        restrictions.put("entitlement", "allowed").put("status", "applied");
        restrictions.set("allowed_cidrs", project.network().typed());
        database.set("postgres_settings", project.config().section(Section.POSTGRES));
        return database;
    }

    /** Where a project has no pool size of its own, one that follows from its compute is answered. */
    private static ObjectNode pooler(ObjectNode own) {
        ObjectNode pooler = Json.object()
                .put("ignore_startup_parameters", "extra_float_digits,options")
                .put("server_idle_timeout", 60)
                .put("server_lifetime", 3600)
                .put("query_wait_timeout", 120)
                .put("reserve_pool_size", 3)
                .put("default_pool_size", 15)
                .put("max_client_conn", 200);
        pooler.set("pool_mode", own.get("pool_mode"));
        if (own.path("default_pool_size").isNumber()) {
            pooler.set("default_pool_size", own.get("default_pool_size"));
        }
        return pooler;
    }

    /** The first version of the API writes these keys in camel case, the second in snake case. */
    private static ObjectNode storage(StandInProject project) {
        ObjectNode first = project.config().section(Section.STORAGE);
        ObjectNode storage = Json.object().set("file_size_limit", first.get("fileSizeLimit"));
        ObjectNode features = (ObjectNode) snakeCase(first.get("features"));
        features.putObject("purge_cache").put("enabled", false);
        storage.set("features", features);
        ObjectNode capabilities = first.get("capabilities").deepCopy();
        storage.set("capabilities", capabilities.put("object_versioning", false));
        storage.set("upstream_target", first.path("external").path("upstreamTarget"));
        return storage.set("migration_version", first.get("migrationVersion"));
    }

    private static JsonNode snakeCase(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        ObjectNode renamed = Json.object();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = String.join("_", UPPER_CASE.split(field.getKey())).toLowerCase(Locale.ROOT);
            renamed.set(name, snakeCase(field.getValue()));
        }
        return renamed;
    }
}
