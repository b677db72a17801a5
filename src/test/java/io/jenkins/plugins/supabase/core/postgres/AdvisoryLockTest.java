package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AdvisoryLockTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private TestDatabase database;
    private Connection first;
    private Connection second;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabase.create();
        first = database.connect();
        second = database.connect();
        RawScript.run(first, "set application_name = 'the other controller'");
    }

    @AfterEach
    void disconnect() throws SQLException {
        first.close();
        second.close();
    }

    @Test
    void shouldNameTheHolderAtTheDeadline() throws Exception {
        try (AdvisoryLock held = AdvisoryLock.acquire(first, Duration.ZERO, log::add)) {
            assertThatThrownBy(() -> AdvisoryLock.acquire(second, Duration.ofMillis(300), log::add))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("the other controller")
                    .hasMessageContaining("session " + database.query("select pid from pg_locks where locktype = 'advisory'").get(0))
                    .hasMessageContaining("Nothing was changed");
            assertThat(log).hasSize(1).first().asString().contains("Waiting up to", "the other controller");
        }
    }

    @Test
    void shouldWaitUntilTheHolderIsDone() throws Exception {
        AdvisoryLock held = AdvisoryLock.acquire(first, Duration.ZERO, log::add);

        AdvisoryLock.acquire(second, LONG, line -> held.close()).close();

        AdvisoryLock.acquire(first, Duration.ZERO, log::add).close();
    }

    @Test
    void shouldEndWithTheConnection() throws Exception {
        AdvisoryLock held = AdvisoryLock.acquire(first, Duration.ZERO, log::add);
        first.close();

        AdvisoryLock.acquire(second, LONG, log::add).close();
        held.close();
    }

    @Test
    void shouldOutliveResetAllAndRollback() throws Exception {
        try (AdvisoryLock held = AdvisoryLock.acquire(first, Duration.ZERO, log::add)) {
            RawScript.run(first, "RESET ALL; BEGIN; SELECT 1; ROLLBACK");

            assertThatThrownBy(() -> AdvisoryLock.acquire(second, Duration.ZERO, log::add))
                    .isInstanceOf(DeliveryException.class);
        }
    }

    @Test
    void shouldNotMeetTheLockOfAnotherDatabase() throws Exception {
        try (AdvisoryLock held = AdvisoryLock.acquire(first, Duration.ZERO, log::add);
                Connection elsewhere = TestDatabase.create().connect();
                AdvisoryLock other = AdvisoryLock.acquire(elsewhere, Duration.ZERO, log::add)) {
            assertThat(log).isEmpty();
        }
    }

    @Test
    void shouldStopWaitingWhenInterrupted() throws Exception {
        try (AdvisoryLock held = AdvisoryLock.acquire(first, Duration.ZERO, log::add)) {
            assertThatThrownBy(() -> AdvisoryLock.acquire(
                            second, LONG, line -> Thread.currentThread().interrupt()))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void shouldSayWhenTheDatabaseIsGone() throws Exception {
        first.close();

        assertThatThrownBy(() -> AdvisoryLock.acquire(first, LONG, log::add))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Nothing was changed");
    }
}
