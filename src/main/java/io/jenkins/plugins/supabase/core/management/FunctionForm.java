package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SourceFile;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/**
 * The form of {@code POST /v1/projects/{ref}/functions/deploy}: the fields and file names are those that the Supabase
 * CLI 3.1.0 sends (recorded), an empty import map path and {@code verify_jwt} left out where undeclared included.
 * Files are read from disk as they are sent.
 */
final class FunctionForm {
    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private FunctionForm() {}

    static RequestBody of(EdgeFunction function, JsonMapper json) {
        MultipartBody.Builder form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("metadata", metadata(function, json));
        for (SourceFile file : function.files()) {
            form.addFormDataPart("file", file.name(), RequestBody.create(file.path().toFile(), BYTES));
        }
        return form.build();
    }

    private static String metadata(EdgeFunction function, JsonMapper json) {
        ObjectNode metadata = json.createObjectNode()
                .put("entrypoint_path", function.entrypointPath())
                .put("import_map_path", function.importMapPath() == null ? "" : function.importMapPath());
        function.staticPatterns().forEach(metadata.putArray("static_patterns")::add);
        if (function.verifyJwt() != null) {
            metadata.put("verify_jwt", function.verifyJwt());
        }
        metadata.put("name", function.slug());
        try {
            return json.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
