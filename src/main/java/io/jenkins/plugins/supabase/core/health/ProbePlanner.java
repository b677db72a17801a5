package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;

/** Decides what can be asked of an environment, and holds the connections with which it is asked. */
final class ProbePlanner implements AutoCloseable {
    /** The platform may take the whole attempt for probing its services, and then has to answer. */
    private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(5);

    private final HealthRequest request;
    private final Environment environment;
    private final Access access;
    private final Progress progress;
    private final HttpUrl projectUrl;
    private final Watchdog watchdog = new Watchdog();
    private final HttpProber http;
    private final ProbePlan plan = new ProbePlan();
    private ManagementClient management;
    private DatabaseProbe database;

    ProbePlanner(HealthRequest request, Progress progress) {
        this.request = request;
        this.environment = request.environment();
        this.access = request.access();
        this.progress = progress;
        this.projectUrl = projectUrl(environment);
        this.http = new HttpProber(request.pacing().concurrency(), projectUrl != null && projectUrl.isHttps(), request.proxy());
    }

    ProbePlan plan() {
        planManagement();
        planEndpoint(ProbeKind.AUTH, endpoint("auth", "auth", "v1", "health"), subject ->
                new AuthProbe(subject, http, access.apiKey()));
        planRest();
        planEndpoint(ProbeKind.STORAGE, endpoint("storage", "storage", "v1"), subject ->
                new StorageProbe(subject, http, access.apiKey()));
        planFunctions();
        planDatabase();
        return plan;
    }

    /** Ends what is under way and closes every connection; may be called again. */
    @Override
    public void close() {
        http.close();
        if (management != null) {
            management.close();
        }
        if (database != null) {
            database.close();
        }
        watchdog.close();
    }

    private void planManagement() {
        String ref = environment.hostedProject().orElse("-");
        Optional<String> missing = lack(environment.projectRef(), "projectRef (not a hosted project)")
                .or(() -> lack(access.accessToken(), "accessTokenCredentialsId"));
        plan(ProbeKind.PROJECT, new Subject("project", ref), missing, subject ->
                new ProjectProbe(subject, managementCall()));
        Optional<String> noServices = request.services().isEmpty() ? Optional.of("no services named") : missing;
        plan(ProbeKind.SERVICES, new Subject("services", ref), noServices, subject ->
                new ServicesProbe(request.services(), ref, managementCall()));
    }

    private void planRest() {
        if (request.table() == null && request.rpc() == null) {
            planEndpoint(ProbeKind.REST, endpoint("rest", "rest", "v1", ""), subject ->
                    RestProbe.root(subject, http, access.apiKey()));
        }
        if (request.table() != null) {
            planEndpoint(ProbeKind.REST, endpoint("rest", "rest", "v1", request.table()), subject ->
                    RestProbe.table(subject, http, access.apiKey()));
        }
        if (request.rpc() != null) {
            planEndpoint(ProbeKind.REST, endpoint("rest rpc", "rest", "v1", "rpc", request.rpc()), subject ->
                    RestProbe.rpc(subject, http, access.apiKey()));
        }
    }

    private void planFunctions() {
        for (FunctionProbe wanted : request.functions()) {
            Subject subject = endpoint("function " + wanted.slug(), "functions", "v1", wanted.slug());
            plan(ProbeKind.FUNCTIONS, subject, lack(environment.projectUrl(), "projectUrl"), row ->
                    new EdgeFunctionProbe(row, http, wanted));
        }
    }

    private void planDatabase() {
        String url = environment.databaseUrl();
        Subject subject = new Subject("database", url == null ? "-" : url.replaceFirst("[?].*", ""));
        Optional<String> missing = lack(url, "databaseUrl")
                .or(() -> lack(access.databasePassword(), "databaseCredentialsId"));
        plan(ProbeKind.DATABASE, subject, missing, row -> {
            database = new DatabaseProbe(row, () -> Database.open(environment, access), request.limits(), watchdog);
            return database;
        });
    }

    private void planEndpoint(ProbeKind kind, Subject subject, Function<Subject, Probe> probe) {
        Optional<String> missing =
                lack(environment.projectUrl(), "projectUrl").or(() -> lack(access.apiKey(), "apiKeyCredentialsId"));
        plan(kind, subject, missing, probe);
    }

    private void plan(ProbeKind kind, Subject subject, Optional<String> missing, Function<Subject, Probe> probe) {
        if (request.skip().contains(kind)) {
            plan.skip(subject, "switched off");
        } else if (missing.isPresent()) {
            plan.skip(subject, missing.get());
        } else {
            plan.add(probe.apply(subject));
        }
    }

    private static HttpUrl projectUrl(Environment environment) {
        if (environment.projectUrl() == null) {
            return null;
        }
        HttpUrl url = HttpUrl.parse(environment.projectUrl());
        if (url == null) {
            throw new DeliveryException("The projectUrl of environment '" + environment.name() + "', "
                    + environment.projectUrl() + ", is no http or https address, so nothing was probed. Let an administrator"
                    + " correct it in Jenkins' configuration.");
        }
        return url;
    }

    private static Optional<String> lack(Object value, String setting) {
        return value == null ? Optional.of("no " + setting) : Optional.empty();
    }

    private Subject endpoint(String name, String... path) {
        if (projectUrl == null) {
            return new Subject(name, "-");
        }
        HttpUrl.Builder url = projectUrl.newBuilder();
        for (String segment : path) {
            url.addPathSegment(segment);
        }
        return new Subject(name, url.build().toString());
    }

    private ManagementCall managementCall() {
        if (management == null) {
            // Less than the whole check, so that the client can still say what it was that went wrong all the time.
            Duration patience = request.pacing().timeout().multipliedBy(3).dividedBy(4);
            Duration attempt = request.pacing().attemptTimeout();
            ManagementOptions options = new ManagementOptions(
                    attempt, attempt.plus(FOR_THE_ANSWER), patience, request.proxy());
            management = new ManagementClient(environment, access.accessToken(), progress, options);
        }
        return new ManagementCall(management, watchdog);
    }
}
