package io.jenkins.plugins.supabase.core.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ManagementRetriesTest extends ManagementFixture {
    @Test
    void waitsWhenRateLimitedAndGoesOn() throws InterruptedException {
        standIn.faults().next("GET /v1/projects/*", Fault.rateLimited(Duration.ofSeconds(1)));

        try (ManagementClient client = client()) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }

        assertThat(lines).containsExactly("The Management API is rate limited, going on in 1 s.");
        assertThat(standIn.requests().count("GET /v1/projects/*")).isEqualTo(2);
    }

    @Test
    void givesUpWhenRateLimitedBeyondItsPatience() {
        standIn.faults().always("GET /v1/projects/*", Fault.rateLimited(Duration.ofSeconds(1)));

        ManagementException failure = failureOfProject(IMPATIENT);

        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure).hasMessageContaining("too many requests (429)");
    }

    @Test
    void waitsAsLongAsTheRateLimitSaysWhenNothingElseIsAsked() throws InterruptedException {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(429, "{}", Map.of("x-ratelimit-reset", "1")).then(200, "{\"ref\": \"x\"}");
            try (ManagementClient client = client(api)) {
                assertThat(client.project().ref()).isEqualTo("x");
            }
        }
        assertThat(lines).containsExactly("The Management API is rate limited, going on in 1 s.");
    }

    @Test
    void doesNotWaitForAnAbsurdReset() {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(429, "{}", Map.of("Retry-After", "3600"));
            ManagementClient client = client(api);
            assertThat(failure(client, client::project)).hasMessageContaining("429");
            assertThat(api.seen()).hasSize(1);
        }
    }

    @Test
    void holdsBackWhenNothingRemains() throws InterruptedException {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(200, "{\"ref\": \"x\"}", Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "1"));
            try (ManagementClient client = client(api)) {
                client.project();
                assertThat(lines).isEmpty();
                client.project();
            }
        }
        assertThat(lines).containsExactly("The Management API is rate limited, going on in 1 s.");
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void triesAgainAfterAPassingFailure(int status) throws InterruptedException {
        standIn.faults().next("GET /v1/projects/*", Fault.status(status));

        try (ManagementClient client = client()) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }
        assertThat(lines).singleElement().asString().contains("answered " + status).contains("trying again");
    }

    @Test
    void givesUpOnAFailureThatDoesNotPass() {
        standIn.faults().always("GET /v1/projects/*", Fault.status(503));

        ManagementException failure = failureOfProject(IMPATIENT);

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure).hasMessageContaining("answered 503").hasMessageContaining("status.supabase.com");
    }

    @Test
    void triesAgainWhenTheConnectionIsLost() throws InterruptedException {
        standIn.faults().next("GET /v1/projects/*", 3, Fault.drop());

        try (ManagementClient client = client()) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }
        assertThat(standIn.faults().pending()).isZero();
        assertThat(lines).isNotEmpty().allMatch(line -> line.contains("lost the connection"));
    }

    @Test
    void givesUpWhenEveryConnectionIsLost() {
        standIn.faults().always("GET /v1/projects/*", Fault.drop());

        assertThat(failureOfProject(IMPATIENT)).hasMessageContaining("lost the connection");
    }

    @Test
    void stopsAtOnceWhenInterruptedDuringACall() throws InterruptedException {
        standIn.faults().always("GET /v1/projects/*", Fault.slow(Duration.ofMinutes(5)));
        try (ManagementClient client = client()) {
            assertStopsWhenInterrupted(client::project);
        }
    }

    @Test
    void stopsAtOnceWhenInterruptedDuringAWait() throws InterruptedException {
        standIn.faults().always("GET /v1/projects/*", Fault.rateLimited(Duration.ofSeconds(50)));
        try (ManagementClient client = client()) {
            assertStopsWhenInterrupted(client::project);
        }
    }

    private void assertStopsWhenInterrupted(Callable<?> call) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                call.call();
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        thread.start();
        Set<Thread.State> asleep = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);
        while (!asleep.contains(thread.getState())) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join(5_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
}
