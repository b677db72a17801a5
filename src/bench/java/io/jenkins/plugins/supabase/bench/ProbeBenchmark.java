package io.jenkins.plugins.supabase.bench;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.health.HealthCheck;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.health.Pacing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * How long 200 probes of 50 ms take at 50 in flight, by the health check (all of it: planning, threads, connections,
 * report), by the JDK's HTTP client and by {@code curl --parallel}, in one run against one server.
 *
 * <p>The floor is 200 ms: four rounds of 50. <i>Cold</i> is the first time in a new virtual machine, without the
 * machine's own start; <i>warm</i> the contenders take turns in one. curl's times include starting its process.
 */
public final class ProbeBenchmark {
    private static final int PROBES = 200;
    private static final int IN_FLIGHT = 50;
    private static final int DELAY_MILLIS = 50;
    private static final int FLOOR_MILLIS = PROBES / IN_FLIGHT * DELAY_MILLIS;
    private static final int GOAL_MILLIS = 240;
    private static final int WARM_UP = 5;
    private static final int WARM = 21;
    private static final int COLD = 5;

    private final String base;
    private final Map<String, Contender> contenders = new LinkedHashMap<>();

    private interface Contender {
        void run() throws Exception;
    }

    private ProbeBenchmark(String base, boolean onlyInVirtualMachine) {
        this.base = base;
        contenders.put("health check", this::healthCheck);
        contenders.put("JDK HttpClient", this::jdkClient);
        if (!onlyInVirtualMachine && curlIsThere()) {
            contenders.put("curl", this::curl);
        }
    }

    /** Without arguments: everything. With {@code cold CONTENDER BASE}: one first time, printed in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3) {
            System.out.println(time(new ProbeBenchmark(arguments[2], true).contenders.get(arguments[1])));
            return;
        }
        Process server = java(SleepyServer.class, Integer.toString(DELAY_MILLIS));
        try (BufferedReader port = server.inputReader()) {
            new ProbeBenchmark("http://127.0.0.1:" + port.readLine(), false).compare();
        } finally {
            server.destroy();
        }
    }

    private void compare() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%d probes of %d ms, %d in flight: floor %d ms, goal %d ms warm. Java %s, %d processors.%n",
                PROBES, DELAY_MILLIS, IN_FLIGHT, FLOOR_MILLIS, GOAL_MILLIS,
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        Map<String, List<Double>> cold = new LinkedHashMap<>();
        Map<String, List<Double>> warm = new LinkedHashMap<>();
        for (int i = 0; i < COLD; i++) {
            for (String name : contenders.keySet()) {
                times(cold, name).add(name.equals("curl") ? time(contenders.get(name)) : coldTime(name));
            }
        }
        for (int i = -WARM_UP; i < WARM; i++) {
            for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                double millis = time(contender.getValue());
                if (i >= 0) {
                    times(warm, contender.getKey()).add(millis);
                }
            }
        }
        print(cold, warm);
    }

    private static void print(Map<String, List<Double>> cold, Map<String, List<Double>> warm) {
        double ours = median(warm.get("health check"));
        System.out.printf("%-15s %10s %10s %18s %10s %12s%n",
                "", "cold", "warm", "warm min-max", "to floor", "check is");
        for (String name : warm.keySet()) {
            List<Double> times = warm.get(name);
            double median = median(times);
            System.out.printf(Locale.ROOT, "%-15s %7.0f ms %7.0f ms %9.0f-%.0f ms %9.2f× %9.2f× of it%n",
                    name, median(cold.get(name)), median, times.get(0), times.get(times.size() - 1),
                    median / FLOOR_MILLIS, ours / median);
        }
        System.out.println(ours <= GOAL_MILLIS ? "goal met" : "GOAL MISSED");
    }

    private void healthCheck() throws InterruptedException {
        Environment environment = new Environment("benchmark", null, null, base, null);
        List<String> slugs = IntStream.range(0, PROBES).mapToObj(i -> "f" + i).toList();
        HealthReport report = HealthCheck.run(
                HealthRequest.of(environment, new Access(null, null, null, null))
                        .withFunctions(slugs)
                        .withPacing(Pacing.DEFAULT.withConcurrency(IN_FLIGHT)),
                line -> {});
        if (report.probed() != PROBES || !report.healthy()) {
            throw new IllegalStateException(report.summary());
        }
    }

    /** A client of its own each time, as the health check has. */
    private void jdkClient() throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            inFlight.acquire();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url(i)))
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .build();
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> inFlight.release()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            if (answer.join().statusCode() != 200) {
                throw new IllegalStateException("answered " + answer.join().statusCode());
            }
        }
    }

    private void curl() throws IOException, InterruptedException {
        StringBuilder config = new StringBuilder();
        for (int i = 0; i < PROBES; i++) {
            config.append("url = \"").append(url(i)).append("\"\noutput = /dev/null\n");
        }
        Path file = Files.createTempFile("probes", ".curl");
        try {
            Files.writeString(file, config, StandardCharsets.UTF_8);
            Process curl = new ProcessBuilder(
                            "curl", "-sS", "--no-progress-meter", "--fail", "--parallel", "--parallel-max", Integer.toString(IN_FLIGHT),
                            "-X", "OPTIONS", "-K", file.toString())
                    .inheritIO()
                    .start();
            if (curl.waitFor() != 0) {
                throw new IllegalStateException("curl ended with " + curl.exitValue());
            }
        } finally {
            Files.delete(file);
        }
    }

    private String url(int i) {
        return base + "/functions/v1/f" + i;
    }

    private double coldTime(String name) throws IOException, InterruptedException {
        Process process = java(ProbeBenchmark.class, "cold", name, base);
        try (BufferedReader output = process.inputReader()) {
            double millis = Double.parseDouble(output.readLine());
            process.waitFor();
            return millis;
        }
    }

    private static Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static boolean curlIsThere() {
        try {
            Process curl = new ProcessBuilder("curl", "--version").redirectErrorStream(true).start();
            try (BufferedReader output = new BufferedReader(
                    new InputStreamReader(curl.getInputStream(), StandardCharsets.UTF_8))) {
                output.lines().forEach(line -> {});
            }
            return curl.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double time(Contender contender) throws Exception {
        long start = System.nanoTime();
        contender.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static List<Double> times(Map<String, List<Double>> times, String name) {
        return times.computeIfAbsent(name, some -> new ArrayList<>());
    }

    private static double median(List<Double> times) {
        times.sort(null);
        return times.get(times.size() / 2);
    }
}
