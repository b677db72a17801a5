package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The Management API's OpenAPI 3.0 document: which answers it allows, and which permission it asks for. */
public final class OpenApiDocument {
    private static final String LOCATION = "https://openapi.invalid/management-api.json";

    private final JsonNode document;
    private final SchemaRegistry schemas;

    private OpenApiDocument(String text) throws IOException {
        document = Json.MAPPER.readTree(text);
        schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(LOCATION, text)));
    }

    public static OpenApiDocument read(Path file) throws IOException {
        return new OpenApiDocument(Files.readString(file));
    }

    /** @return what is wrong with an answer; an undocumented path or status is wrong too */
    List<String> faults(String method, String path, int status, String body) {
        Optional<String> template = template(method, path);
        if (template.isEmpty()) {
            return List.of("no such operation: " + method + " " + path);
        }
        JsonNode response = operation(method, template.get()).path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            return List.of("no such status: " + status);
        }
        if (response.path("content").path("application/json").path("schema").isMissingNode()) {
            return List.of();
        }
        String operation = "/paths/" + escape(template.get()) + "/" + method.toLowerCase(Locale.ROOT);
        String pointer = operation + "/responses/" + status + "/content/application~1json/schema";
        Schema schema = schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
        return Json.parse(body.getBytes(StandardCharsets.UTF_8))
                .map(json -> schema.validate(json).stream().map(Error::toString).toList())
                .orElseGet(() -> List.of("not JSON: " + body));
    }

    /** @return what is wrong with the body of a request */
    public List<String> requestFaults(String method, String path, JsonNode body) {
        Optional<String> template = template(method, path);
        if (template.isEmpty()) {
            return List.of("no such operation: " + method + " " + path);
        }
        String operation = "/paths/" + escape(template.get()) + "/" + method.toLowerCase(Locale.ROOT);
        String pointer = operation + "/requestBody/content/application~1json/schema";
        Schema schema = schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
        return schema.validate(body).stream().map(Error::toString).toList();
    }

    /** @return every permission with which a scoped token may call this */
    Set<String> permissions(String method, String path) {
        Set<String> permissions = new TreeSet<>();
        for (JsonNode way : operation(method, template(method, path).orElse("")).path("security")) {
            way.path("fga_permissions").forEach(permission -> permissions.add(permission.asText()));
        }
        return permissions;
    }

    private Optional<String> template(String method, String path) {
        List<String> candidates = new ArrayList<>();
        document.path("paths").fieldNames().forEachRemaining(candidates::add);
        return candidates.stream()
                .filter(template -> !operation(method, template).isMissingNode())
                .filter(template -> matches(template, path))
                .min(Comparator.comparingInt(template -> template.split("\\{").length));
    }

    private static boolean matches(String template, String path) {
        // A group of a regular expression has no underscore in its name.
        return new PathPattern("* " + template.replace("_", "")).match("GET", path).isPresent();
    }

    private JsonNode operation(String method, String template) {
        return document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    }

    private static String escape(String template) {
        return template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
