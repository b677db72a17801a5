package io.jenkins.plugins.supabase.local.standin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A stand-in of Supabase on loopback: the Management API on one port, and each project's own endpoints on a port of
 * their own. It keeps state, so that what was deployed is what is read back, and it fails on demand.
 *
 * <p>Shapes and statuses follow recorded answers of the real API and its OpenAPI document; what neither shows
 * (texts of some errors, the edge runtime's answers) is marked where it is made.
 */
public final class SupabaseStandIn implements AutoCloseable {
    private static final int THREADS = 8;

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, new Threads());
    private final Map<String, StandInProject> projects = new LinkedHashMap<>();
    private final List<LoopbackServer> servers = new ArrayList<>();
    private final AccessTokens tokens = new AccessTokens();
    private final RateLimits rateLimits = new RateLimits();
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final UnknownRequests unknown = new UnknownRequests();
    private final String accessToken = tokens.create(null);
    private final ManagementApi api;
    private final LoopbackServer management;

    private SupabaseStandIn(int port) {
        executor.setRemoveOnCancelPolicy(true);
        api = new ManagementApi(this::project, this::projects, tokens, rateLimits, unknown);
        management = serve(port, api::answer, List.of(faults));
    }

    public static SupabaseStandIn start() {
        return start(0);
    }

    /** @param port of the Management API; 0 for any that is free */
    public static SupabaseStandIn start(int port) {
        return new SupabaseStandIn(port);
    }

    /** @return base of the Management API, without a trailing slash */
    public String managementUrl() {
        return management.url();
    }

    /** @return an access token that may do everything */
    public String accessToken() {
        return accessToken;
    }

    /** @return a new token that has these permissions only, named as the OpenAPI document names them */
    public String scopedToken(String... permissions) {
        return tokens.create(Set.of(permissions));
    }

    /** Accepts this token, which may do everything. */
    public void acceptToken(String token) {
        tokens.add(token, null);
    }

    public void revokeToken(String token) {
        tokens.revoke(token);
    }

    public StandInProject createProject(String ref) {
        return createProject(ref, 0);
    }

    /** @param port of the project's own endpoints; 0 for any that is free */
    public synchronized StandInProject createProject(String ref, int port) {
        if (projects.containsKey(ref)) {
            throw new IllegalArgumentException("There is a project " + ref + " already");
        }
        StandInProject project = new StandInProject(ref);
        ProjectEndpoints endpoints = new ProjectEndpoints(project, unknown);
        LoopbackServer server = serve(port, endpoints::answer, List.of(project.faults(), faults));
        project.url(server.url());
        projects.put(ref, project);
        return project;
    }

    public synchronized Optional<StandInProject> project(String ref) {
        return Optional.ofNullable(projects.get(ref));
    }

    public synchronized Collection<StandInProject> projects() {
        return List.copyOf(projects.values());
    }

    public Faults faults() {
        return faults;
    }

    public RateLimits rateLimits() {
        return rateLimits;
    }

    public RequestLog requests() {
        return log;
    }

    /** @return such as {@code GET /v1/projects/x}, of every request that no route knows */
    public List<String> unknownRequests() {
        return unknown.lines();
    }

    /** @return every route of the Management API that is known */
    List<Route> managementRoutes() {
        return api.routes();
    }

    @Override
    public synchronized void close() {
        servers.forEach(LoopbackServer::close);
        executor.shutdownNow();
    }

    private LoopbackServer serve(
            int port, Function<Request, Reply> application, List<Faults> happening) {
        LoopbackServer server = new LoopbackServer(port, executor, application, happening, log);
        servers.add(server);
        return server;
    }

    private static final class Threads implements ThreadFactory {
        private static final AtomicInteger COUNTER = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "supabase-stand-in-" + COUNTER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
