package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.local.standin.RequestLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that deploys, whose log is read, and which can be killed (SIGKILL) at a chosen moment. */
final class KilledProcess {
    private static final long POLL_MICROS = 200;

    private final Process process;
    private final Thread reader;

    private final List<String> log = new ArrayList<>();
    private boolean ended;

    KilledProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "log of " + process.pid());
        this.reader.setDaemon(true);
    }

    /** Where a process is killed. */
    interface Moment {
        void await(KilledProcess process) throws InterruptedException;

        static Moment afterLine(int line) {
            return process -> process.awaitLog(lines -> lines.size() >= line);
        }

        /** @param answers of the platform to this process */
        static Moment afterAnswers(RequestLog requests, int answers) {
            return process -> {
                while (process.process.isAlive() && requests.entries().size() < answers) {
                    TimeUnit.MICROSECONDS.sleep(POLL_MICROS);
                }
            };
        }

        /** @param line that the log has then */
        static Moment afterMillis(Predicate<String> line, long millis) {
            return process -> {
                process.awaitLog(lines -> lines.stream().anyMatch(line));
                process.process.waitFor(millis, TimeUnit.MILLISECONDS);
            };
        }
    }

    /** @return whether it was killed, not too late */
    boolean killAt(Moment moment) throws InterruptedException {
        Thread killer = new Thread(() -> {
            try {
                moment.await(this);
                process.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.start();
        reader.start();
        process.waitFor();
        killer.join();
        reader.join();
        return process.exitValue() != 0;
    }

    /** @return its whole log, once it has ended by itself */
    List<String> toEnd() throws InterruptedException {
        reader.start();
        reader.join();
        process.waitFor();
        return List.copyOf(log);
    }

    private synchronized void awaitLog(Predicate<List<String>> condition) throws InterruptedException {
        while (!ended && !condition.test(log)) {
            wait();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line, false);
            }
        } catch (IOException e) {
            // Killed in the middle of a line.
        } finally {
            add("", true);
        }
    }

    private synchronized void add(String line, boolean end) {
        if (!end) {
            log.add(line);
        }
        ended = end;
        notifyAll();
    }
}
