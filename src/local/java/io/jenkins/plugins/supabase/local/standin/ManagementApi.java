package io.jenkins.plugins.supabase.local.standin;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Token, rate limit, route, project, permission: in this order a request is judged before its handler sees it. */
final class ManagementApi {
    private final Function<String, Optional<StandInProject>> projects;
    private final AccessTokens tokens;
    private final RateLimits rateLimits;
    private final UnknownRequests unknown;
    private final Routes routes = new Routes();

    ManagementApi(
            Function<String, Optional<StandInProject>> projects,
            Supplier<Collection<StandInProject>> allProjects,
            AccessTokens tokens,
            RateLimits rateLimits,
            UnknownRequests unknown) {
        this.projects = projects;
        this.tokens = tokens;
        this.rateLimits = rateLimits;
        this.unknown = unknown;
        new ProjectRoutes(allProjects).addTo(routes);
        new FunctionRoutes().addTo(routes);
        new SecretRoutes().addTo(routes);
        new ConfigRoutes().addTo(routes);
        new NetworkRoutes().addTo(routes);
        new AccountRoutes().addTo(routes);
        new BranchRoutes().addTo(routes);
        new BackupRoutes().addTo(routes);
    }

    List<Route> routes() {
        return routes.all();
    }

    Reply answer(Request request) {
        Optional<String> token = request.bearer();
        Optional<AccessTokens.Grant> grant = token.flatMap(tokens::find);
        if (grant.isEmpty()) {
            return Reply.message(401, "Unauthorized");
        }
        Optional<Routes.Match> match = routes.find(request.method(), request.path());
        if (match.isEmpty()) {
            return unknown.refuse(request);
        }
        String route = match.get().route().pattern().toString();
        RateLimits.Verdict limit = rateLimits.count(route, token.get());
        Reply reply = limit.refused() ? RateLimits.exceeded() : handle(request, match.get(), grant.get());
        return reply.withAll(limit.headers())
                .with("x-gotrue-id", UUID.randomUUID().toString())
                .with("cf-ray", ray());
    }

    /** As Cloudflare, which the real API lies behind, names a request; recordings leave its headers out. */
    private static String ray() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE) + "-FRA";
    }

    private Reply handle(Request request, Routes.Match match, AccessTokens.Grant grant) {
        try {
            String ref = match.variables().get("ref");
            StandInProject project = ref == null ? null : projects.apply(ref)
                    .orElseThrow(() -> new Refusal(404, "Project not found"));
            String permission = match.route().permission();
            if (!grant.allows(permission)) {
                return Fault.lacking(List.of(permission));
            }
            return match.route().handler().answer(new Call(request, match.variables(), project));
        } catch (Refusal e) {
            return e.reply();
        }
    }
}
