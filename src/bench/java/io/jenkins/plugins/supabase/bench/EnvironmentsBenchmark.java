package io.jenkins.plugins.supabase.bench;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.dashboard.EnvironmentsPage;
import io.jenkins.plugins.supabase.dashboard.History;
import io.jenkins.plugins.supabase.dashboard.Json;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.pages.TaggedJson;
import io.jenkins.plugins.supabase.testing.WebAnswer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.security.core.Authentication;

/**
 * How long the server works for the page of environments: 50 environments, the ledger of one with 100,000 deployments, all
 * on one embedded PostgreSQL. The page itself is made from memory; pages of an environment's history ask its database.
 */
public final class EnvironmentsBenchmark {
    private static final int ENVIRONMENTS = Integer.getInteger("environments", 50);
    private static final int DEPLOYMENTS = Integer.getInteger("deployments", 100_000);
    private static final int OTHER_DEPLOYMENTS = 1_000;
    private static final int ROUNDS = Integer.getInteger("rounds", 400);
    private static final double GOAL_MILLIS = 100;
    private static final Duration LONGEST_READ = Duration.ofMinutes(2);
    private static final String BIG = "environment-0";

    private final EnvironmentsPage page = ExtensionList.lookupSingleton(EnvironmentsPage.class);

    public static void main(String[] arguments) throws Exception {
        System.setProperty("JENKINS_HOME", Files.createTempDirectory("supabase-delivery-bench-").toString());
        try (LocalPostgres server = LocalPostgres.start()) {
            List<EnvironmentConfiguration> environments = new ArrayList<>();
            for (int i = 0; i < ENVIRONMENTS; i++) {
                String name = "environment-" + i;
                server.createDatabase(name);
                GeneratedLedger.fill(
                        "jdbc:" + server.url(name),
                        LocalPostgres.USER,
                        LocalPostgres.PASSWORD,
                        name,
                        i == 0 ? DEPLOYMENTS : OTHER_DEPLOYMENTS,
                        200);
                EnvironmentConfiguration environment = new EnvironmentConfiguration(name);
                environment.setProjectUrl("http://127.0.0.1:1");
                environment.setDatabaseUrl(server.url(name));
                environment.setDatabaseCredentialsId("database");
                environments.add(environment);
            }
            ExtensionList.lookup(CredentialsProvider.class).add(new Provider());
            SupabaseDeliveryConfiguration.get().setEnvironments(environments);
            new EnvironmentsBenchmark().run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        long begin = System.nanoTime();
        page.doRefresh(new WebAnswer().response());
        while (page.board(null).cards().stream().anyMatch(card -> !card.toString().contains("value=read"))) {
            if (System.nanoTime() - begin > LONGEST_READ.toNanos()) {
                throw new IllegalStateException("The ledgers are not read: " + page.board(null).cards());
            }
            Thread.sleep(20);
        }
        System.out.printf(
                Locale.ROOT,
                "%d environments, %,d deployments in one of them; all ledgers read in %d ms%n",
                ENVIRONMENTS,
                DEPLOYMENTS,
                (System.nanoTime() - begin) / 1_000_000);
        measure("page: model and JSON", () -> page.board(null));
        measure("page: JSON endpoint", () -> json(null));
        measure("page: JSON endpoint, then unchanged (304)", this::unchanged);
        measure("history: first page, from memory", () -> history("number", 0));
        measure("history: middle page by number", () -> history("number", DEPLOYMENTS / 2));
        measure("history: last page by number", () -> history("number", 60));
        for (String order : List.of("version", "actor", "state", "duration")) {
            measure("history: page by " + order, () -> history(order, DEPLOYMENTS / 2));
        }
    }

    private WebAnswer json(String known) throws Exception {
        WebAnswer answer = new WebAnswer();
        TaggedJson.answer(known, answer.response(), Json.of(page.board(null)));
        return answer;
    }

    private WebAnswer unchanged() throws Exception {
        return json(json(null).headers().get("ETag"));
    }

    private History history(String order, long after) {
        History history = page.getEnvironment(BIG).history(order, "true", String.valueOf(after));
        if (history.problem() != null || history.rows().isEmpty()) {
            throw new IllegalStateException("no page of the history: " + history.problem());
        }
        return history;
    }

    private static void measure(String what, Callable<?> call) throws Exception {
        for (int i = 0; i < ROUNDS / 4; i++) {
            call.call();
        }
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            call.call();
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        double p95 = millis[(int) (ROUNDS * 0.95)];
        System.out.printf(
                Locale.ROOT,
                "%-40s p50 %7.2f ms   p95 %7.2f ms   most %7.2f ms   %s%n",
                what,
                millis[ROUNDS / 2],
                p95,
                millis[ROUNDS - 1],
                p95 <= GOAL_MILLIS ? "ok" : "MISSED (" + GOAL_MILLIS + ")");
    }

    /** The one credential that there is. */
    private static final class Provider extends CredentialsProvider {
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type, ItemGroup group, Authentication authentication, List<DomainRequirement> requirements) {
            return type.isAssignableFrom(Database.class) ? List.of(type.cast(new Database())) : List.of();
        }
    }

    private static final class Database implements StandardUsernamePasswordCredentials {
        @Override
        public String getId() {
            return "database";
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public String getUsername() {
            return LocalPostgres.USER;
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString(LocalPostgres.PASSWORD);
        }
    }
}
