package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The Data API. Its root has answered to secret keys only since April 2026. */
final class RestEndpoints {
    void addTo(Routes routes) {
        routes.open("GET /rest/v1/", this::root)
                .open("HEAD /rest/v1/", this::root)
                .open("GET /rest/v1/{table}", this::rows)
                .open("HEAD /rest/v1/{table}", this::rows)
                .open("GET /rest/v1/rpc/{function}", this::rpc)
                .open("POST /rest/v1/rpc/{function}", this::rpc)
                .open("GET /rest/v1/rpc/{function}", this::rpc)
                .open("HEAD /rest/v1/rpc/{function}", this::rpc)
                .open("OPTIONS /rest/v1/**", call -> Cors.preflight());
    }

    private Reply root(Call call) {
        if (!caller(call).role().equals("service_role")) {
            return Reply.json(401, error("PGRST106", "Access to the OpenAPI root needs a secret API key"));
        }
        ObjectNode document = Json.object().put("swagger", "2.0");
        document.putObject("info").put("title", "standard public schema").put("version", "14.1");
        return Reply.json(200, document).with("Content-Type", "application/openapi+json; charset=utf-8");
    }

    private Reply rows(Call call) {
        String table = call.variable("table");
        RowQuery query = RowQuery.parse(call.request().query());
        JsonNode rows = call.project().tables().rows(table, query, caller(call)).orElseThrow(() ->
                missing("PGRST205", "Could not find the table 'public." + table + "' in the schema cache"));
        String range = rows.isEmpty() ? "*/*" : "0-" + (rows.size() - 1) + "/*";
        return Reply.ok(rows).with("Content-Range", range);
    }

    private Reply rpc(Call call) {
        String function = call.variable("function");
        Request request = call.request();
        JsonNode arguments = request.body().length == 0 ? Json.MAPPER.valueToTree(request.query()) : request.json();
        JsonNode answer = call.project().tables().call(function, arguments, caller(call)).orElseThrow(() ->
                missing("PGRST202", "Could not find the function public." + function + " in the schema cache"));
        return answer.isMissingNode() ? Reply.empty(204) : Reply.ok(answer);
    }

    private static Refusal missing(String code, String message) {
        return new Refusal(Reply.json(404, error(code, message)));
    }

    /** The key decides the role, unless a user's JWT comes with it. */
    private static Caller caller(Call call) {
        String role = ProjectEndpoints.requireKey(call);
        Optional<JsonNode> claims = call.project().keys().claims(call.request());
        return new Caller(
                claims.map(some -> some.path("role").asText(role)).orElse(role), claims.orElseGet(Json::object));
    }

    static ObjectNode error(String code, String message) {
        return Json.object().put("code", code).putNull("details").putNull("hint").put("message", message);
    }
}
