package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Edge functions, as the Management API deploys them. */
final class FunctionRoutes {
    private static final String READ = "edge_functions_read";
    private static final String WRITE = "edge_functions_write";
    private static final Pattern SLUG = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final String FUNCTIONS = "/v1/projects/{ref}/functions";

    void addTo(Routes routes) {
        routes.guarded("GET " + FUNCTIONS, READ, this::list)
                .guarded("POST " + FUNCTIONS + "/deploy", WRITE, this::deploy)
                .guarded("PUT " + FUNCTIONS, WRITE, this::activate)
                .guarded("GET " + FUNCTIONS + "/{slug}", READ, call -> Reply.ok(function(call).json()))
                .guarded("GET " + FUNCTIONS + "/{slug}/body", READ, this::body)
                .guarded("PATCH " + FUNCTIONS + "/{slug}", WRITE, this::patch)
                .guarded("DELETE " + FUNCTIONS + "/{slug}", WRITE, this::delete);
    }

    private Reply list(Call call) {
        return Reply.ok(json(call.project().functions().live()));
    }

    private Reply deploy(Call call) {
        FunctionBundle bundle = FunctionBundle.read(call.request());
        String slug = call.request().parameter("slug").orElse(bundle.metadata().path("name").asText(""));
        if (!SLUG.matcher(slug).matches()) {
            throw new Refusal(400, "slug: Invalid");
        }
        boolean bundleOnly = call.request().flag("bundleOnly");
        return Reply.json(201, call.project().functions().deploy(slug, bundle, bundleOnly).json());
    }

    private Reply activate(Call call) {
        JsonNode items = call.request().json();
        if (!items.isArray()) {
            throw new Refusal(400, "Expected array, received " + items.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        for (JsonNode item : items) {
            for (String required : List.of("id", "slug", "name", "status", "version")) {
                if (!item.hasNonNull(required)) {
                    throw new Refusal(400, required + ": Required");
                }
            }
        }
        ObjectNode answer = Json.object();
        answer.set("functions", json(call.project().functions().activate(items)));
        return Reply.ok(answer);
    }

    /** The sources as a form where the client asks for one; else an archive, which here only names its version. */
    private Reply body(Call call) {
        StandInFunction function = function(call);
        boolean form = call.request().header("Accept").orElse("").contains("multipart/form-data");
        if (form && !call.project().functions().isArchiveOnly(function.slug())) {
            return FunctionSources.form(call.project().functions().liveSource(function.slug()).orElseThrow());
        }
        String archive = "ESZIP stand-in " + function.slug() + " " + function.ezbrSha256();
        return Reply.bytes(200, "application/octet-stream", archive.getBytes(StandardCharsets.UTF_8));
    }

    private Reply patch(Call call) {
        JsonNode wanted = call.request().json();
        String name = wanted.path("name").isTextual() ? wanted.get("name").asText() : null;
        Boolean verifyJwt = wanted.path("verify_jwt").isBoolean() ? wanted.get("verify_jwt").asBoolean() : null;
        return Reply.ok(call.project().functions().patch(call.variable("slug"), name, verifyJwt).json());
    }

    private Reply delete(Call call) {
        call.project().functions().delete(call.variable("slug"));
        return Reply.ok(Json.object().put("message", "ok"));
    }

    private static StandInFunction function(Call call) {
        return call.project().functions().required(call.variable("slug"));
    }

    private static ArrayNode json(List<StandInFunction> functions) {
        ArrayNode list = Json.array();
        functions.forEach(function -> list.add(function.json()));
        return list;
    }
}
