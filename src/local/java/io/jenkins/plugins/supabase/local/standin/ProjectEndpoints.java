package io.jenkins.plugins.supabase.local.standin;

import java.util.Optional;
import java.util.UUID;

/** What a project serves under its own address. */
final class ProjectEndpoints {
    /** The platform's own status for a paused project. */
    private static final int PAUSED = 540;

    private final StandInProject project;
    private final UnknownRequests unknown;
    private final Routes routes = new Routes();

    ProjectEndpoints(StandInProject project, UnknownRequests unknown) {
        this.project = project;
        this.unknown = unknown;
        new AuthEndpoints().addTo(routes);
        new RestEndpoints().addTo(routes);
        new StorageEndpoints().addTo(routes);
        new ObjectEndpoints().addTo(routes);
        new FunctionEndpoints().addTo(routes);
        new RealtimeEndpoints().addTo(routes);
    }

    Reply answer(Request request) {
        Optional<Routes.Match> match = routes.find(request.method(), request.path());
        if (match.isEmpty()) {
            return unknown.refuse(request);
        }
        return handle(request, match.get())
                .with("sb-project-ref", project.ref())
                .with("sb-gateway-version", "1")
                .with("sb-request-id", UUID.randomUUID().toString());
    }

    private Reply handle(Request request, Routes.Match match) {
        if (project.status() == StandInProject.Status.INACTIVE) {
            return Reply.message(PAUSED, "Project paused");
        }
        try {
            return match.route().handler().answer(new Call(request, match.variables(), project));
        } catch (Refusal e) {
            return e.reply();
        }
    }

    /** @return the role that the request's API key stands for */
    static String requireKey(Call call) {
        ProjectKeys keys = call.project().keys();
        return keys.roleOfKey(call.request()).orElseThrow(() -> {
            boolean given = call.request().header("apikey").isPresent();
            return new Refusal(given ? wrongKey() : noKey());
        });
    }

    private static Reply noKey() {
        return Reply.json(401, Json.object()
                .put("message", "No API key found in request")
                .put("hint", "No `apikey` request header or url param was found."));
    }

    private static Reply wrongKey() {
        return Reply.json(401, Json.object()
                .put("message", "Invalid API key")
                .put("hint", "Double check the project's API key."));
    }
}
