package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/**
 * One version of an edge function, live or only bundled.
 *
 * @param createdAt  milliseconds since 1970, of the first version
 * @param updatedAt  milliseconds since 1970, of this version
 */
public record StandInFunction(
        String id,
        String slug,
        String name,
        String status,
        int version,
        long createdAt,
        long updatedAt,
        boolean verifyJwt,
        String entrypointPath,
        String importMapPath,
        String ezbrSha256) {

    static StandInFunction bundled(String ref, String slug, FunctionBundle bundle, StandInFunction live, int version) {
        JsonNode metadata = bundle.metadata();
        long now = System.currentTimeMillis();
        String id = live == null ? UUID.randomUUID().toString() : live.id();
        String root = "file:///tmp/user_fn_" + ref + "_" + id + "_" + version + "/source/";
        String importMap = metadata.path("import_map_path").asText("");
        return new StandInFunction(
                id,
                slug,
                metadata.path("name").asText(slug),
                "ACTIVE",
                version,
                live == null ? now : live.createdAt(),
                now,
                metadata.path("verify_jwt").asBoolean(live == null || live.verifyJwt()),
                root + bundle.entrypoint(),
                importMap.isEmpty() ? null : root + importMap,
                bundle.sha256());
    }

    StandInFunction withStatus(String other) {
        return new StandInFunction(
                id,
                slug,
                name,
                other,
                version,
                createdAt,
                updatedAt,
                verifyJwt,
                entrypointPath,
                importMapPath,
                ezbrSha256);
    }

    StandInFunction patched(String newName, Boolean newVerifyJwt) {
        return new StandInFunction(
                id,
                slug,
                newName == null ? name : newName,
                status,
                version + 1,
                createdAt,
                System.currentTimeMillis(),
                newVerifyJwt == null ? verifyJwt : newVerifyJwt,
                entrypointPath,
                importMapPath,
                ezbrSha256);
    }

    /** The bundled version with what a bulk update may change about it. */
    StandInFunction activated(JsonNode item) {
        return new StandInFunction(
                id,
                slug,
                item.path("name").asText(name),
                item.path("status").asText(status),
                item.path("version").asInt(version),
                createdAt,
                System.currentTimeMillis(),
                item.path("verify_jwt").asBoolean(verifyJwt),
                item.path("entrypoint_path").asText(entrypointPath),
                item.path("import_map_path").asText(importMapPath),
                ezbrSha256);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("id", id).put("slug", slug).put("name", name).put("status", status).put("version", version);
        json.put("created_at", createdAt).put("updated_at", updatedAt);
        json.put("verify_jwt", verifyJwt).put("import_map", importMapPath != null);
        json.put("entrypoint_path", entrypointPath);
        if (importMapPath != null) {
            json.put("import_map_path", importMapPath);
        }
        return json.put("ezbr_sha256", ezbrSha256);
    }
}
