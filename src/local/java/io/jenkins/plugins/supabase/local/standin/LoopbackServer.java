package io.jenkins.plugins.supabase.local.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An HTTP server on 127.0.0.1 that lets faults happen before its application is asked, and notes every request. */
final class LoopbackServer implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LoopbackServer.class.getName());

    static {
        // Headers and body are two writes: with Nagle's algorithm each answer would wait for a delayed ACK, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ScheduledExecutorService scheduler;
    private final Function<Request, Reply> application;
    private final List<Faults> faults;
    private final RequestLog log;

    LoopbackServer(
            int port,
            ScheduledExecutorService scheduler,
            Function<Request, Reply> application,
            List<Faults> faults,
            RequestLog log) {
        this.scheduler = scheduler;
        this.application = application;
        this.faults = faults;
        this.log = log;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 512);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, e);
        }
        server.setExecutor(scheduler);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        Request request = Request.read(exchange);
        Optional<Fault> fault = faults.stream()
                .flatMap(some -> some.take(request.method(), request.path()).stream())
                .findFirst();
        if (fault.isEmpty()) {
            answer(exchange, request, process(request));
            return;
        }
        switch (fault.get().kind()) {
            case ANSWER -> answer(exchange, request, fault.get().reply());
            case DELAY -> delay(exchange, request, fault.get());
            case DROP -> {
                log.add(request, 0);
                exchange.close();
            }
            case CUT -> cut(exchange, request, process(request));
        }
    }

    private void delay(HttpExchange exchange, Request request, Fault fault) {
        try {
            scheduler.schedule(
                    () -> answer(exchange, request, process(request)),
                    fault.delay().toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            exchange.close();
        }
    }

    private Reply process(Request request) {
        try {
            return application.apply(request);
        } catch (Refusal e) {
            return e.reply();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The stand-in failed at " + request.method() + " " + request.path(), e);
            return Reply.message(500, "The stand-in failed: " + e);
        }
    }

    private void answer(HttpExchange exchange, Request request, Reply reply) {
        log.add(request, reply.status());
        try (exchange) {
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            boolean empty = request.method().equals("HEAD") || reply.body().length == 0;
            exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
            if (!empty) {
                exchange.getResponseBody().write(reply.body());
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The client went away before its answer", e);
        }
    }

    /** Promises more bytes than it sends, so that the client cannot take the answer for whole. */
    private void cut(HttpExchange exchange, Request request, Reply reply) throws IOException {
        log.add(request, 0);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), Math.max(reply.body().length, 2L));
        OutputStream body = exchange.getResponseBody();
        body.write(reply.body(), 0, reply.body().length / 2);
        body.flush();
        exchange.close();
    }
}
