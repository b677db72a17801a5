package io.jenkins.plugins.supabase.notice;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import io.jenkins.plugins.supabase.notice.GateNotice.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateNoticesTest {
    private final List<String> arrived = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Deque<Runnable> paused = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private boolean atOnce;
    private final Logger logger = Logger.getLogger(GateNotices.class.getName());
    private final Handler log = new Collecting(logged);

    @BeforeEach
    void listen() {
        logger.addHandler(log);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
    }

    @Test
    void whoeverSendsDoesNotWait() {
        Deque<Runnable> later = new ArrayDeque<>();
        GateNotices notices = notices(later::add, new Noting("a"));

        notices.enqueue(Notices.of(Kind.WAITING));

        assertThat(arrived).isEmpty();
        later.remove().run();
        assertThat(arrived).containsExactly("a WAITING");
    }

    @Test
    void noticesOfOnePromotionArriveInOrderAndOthersDoNotWaitForThem() {
        Deque<Runnable> later = new ArrayDeque<>();
        GateNotices notices = notices(later::add, new Noting("a"));

        notices.enqueue(Notices.of(Kind.WAITING));
        notices.enqueue(Notices.of(Kind.DECIDED));
        notices.enqueue(Notices.at("https://jenkins.example.com/other", Kind.HALFWAY));

        assertThat(later).hasSize(2);
        later.removeLast().run();
        assertThat(arrived).containsExactly("a HALFWAY");
        later.remove().run();
        later.remove().run();
        assertThat(arrived).containsExactly("a HALFWAY", "a WAITING", "a DECIDED");
    }

    @Test
    void oneThatFailsIsLoggedAndHarmsNobody() {
        atOnce = true;
        GateNotices notices = notices(
                Runnable::run,
                new Failing(new IOException("no route")),
                new Failing(new NoClassDefFoundError("x/Y")),
                new Noting("b"));

        assertThat(notices.enqueue(Notices.of(Kind.WAITING))).isCompleted();

        assertThat(arrived).containsExactly("b WAITING");
        assertThat(logged).hasSize(2);
        assertThat(logged.get(0)).contains(
                "The notice \"production: release 1.4.0 of staging waits for approval\" was not sent by \"noting\": no"
                        + " route. The promotion goes on without it.");
    }

    @Test
    void isTriedThreeTimesWithPausesInWhichNothingWaits() {
        Failing broken = new Failing(new IOException("no route"));
        GateNotices notices = notices(Runnable::run, broken);

        notices.enqueue(Notices.of(Kind.WAITING));
        assertThat(broken.tries).isEqualTo(1);
        paused.remove().run();
        assertThat(broken.tries).isEqualTo(2);
        assertThat(logged).isEmpty();
        paused.remove().run();

        assertThat(broken.tries).isEqualTo(3);
        assertThat(paused).isEmpty();
        assertThat(pauses).isEqualTo(GateNotices.PAUSES);
        assertThat(logged).hasSize(1);
    }

    @Test
    void whileItIsTriedAgainOthersGoOnAndItsOwnStayInOrder() {
        Failing broken = new Failing(new IOException("no route"));
        GateNotices notices = notices(Runnable::run, broken, new Noting("b"));

        notices.enqueue(Notices.of(Kind.WAITING));
        notices.enqueue(Notices.of(Kind.DECIDED));
        assertThat(arrived).containsExactly("b WAITING", "b DECIDED");
        broken.failure = null;
        paused.remove().run();

        assertThat(arrived).containsExactly("b WAITING", "b DECIDED", "noting WAITING", "noting DECIDED");
        assertThat(logged).isEmpty();
    }

    private GateNotices notices(Executor background, GateNotifier... notifiers) {
        List<GateNotifier> all = List.of(notifiers);
        return new GateNotices(
                background,
                pause -> {
                    pauses.add(pause);
                    return atOnce ? Runnable::run : paused::add;
                },
                () -> all);
    }

    private final class Noting extends GateNotifier {
        private final String name;

        Noting(String name) {
            this.name = name;
        }

        @Override
        public void send(GateNotice notice) {
            arrived.add(name + " " + notice.kind());
        }
    }

    private final class Failing extends GateNotifier {
        private Throwable failure;
        private int tries;

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void send(GateNotice notice) throws Exception {
            tries++;
            if (failure == null) {
                arrived.add("noting " + notice.kind());
                return;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }

        @Override
        public Descriptor<GateNotifier> getDescriptor() {
            return new Descriptor<>(Failing.class) {
                @Override
                public String getDisplayName() {
                    return "noting";
                }
            };
        }
    }

    private static final class Collecting extends Handler {
        private final List<String> lines;

        Collecting(List<String> lines) {
            this.lines = lines;
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
