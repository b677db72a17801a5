package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An edge function as the Management API knows it: listed, just bundled, or to be activated. The names are those of
 * the schema BulkUpdateFunctionBody of the API's OpenAPI document; what is null is not sent.
 *
 * @param version    counts up with every bundle
 * @param createdAt  milliseconds since 1970
 * @param ezbrSha256 SHA-256 of the bundle
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeployedFunction(
        String id,
        String slug,
        String name,
        String status,
        int version,
        @JsonProperty("verify_jwt") Boolean verifyJwt,
        @JsonProperty("import_map") Boolean importMap,
        @JsonProperty("entrypoint_path") String entrypointPath,
        @JsonProperty("import_map_path") String importMapPath,
        @JsonProperty("ezbr_sha256") String ezbrSha256,
        @JsonProperty("created_at") Long createdAt) {
    public static final String ACTIVE = "ACTIVE";
    public static final String REMOVED = "REMOVED";
}
