package io.jenkins.plugins.supabase.core.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers requests, one after the other, with exactly the bytes that it was told to, and hangs up; the last goes on. */
final class FaultyServer implements AutoCloseable {
    record Seen(String method, String target, Map<String, String> headers, byte[] body) {}

    /** What follows the bytes. */
    private enum End {
        HANG_UP,
        HANG,
        DRIP
    }

    private record Answer(byte[] bytes, End end) {}

    private final ServerSocket listening;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    FaultyServer() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executor.submit(() -> {
            while (!listening.isClosed()) {
                Socket socket = listening.accept();
                executor.submit(() -> answer(socket));
            }
            return null;
        });
    }

    /** @param headers lines without their ends */
    FaultyServer then(int status, String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Words\r\nConnection: close\r\n");
        boolean lengthGiven = false;
        for (String header : headers) {
            head.append(header).append("\r\n");
            lengthGiven = lengthGiven || header.startsWith("Content-Length");
        }
        if (!lengthGiven && status != 204) {
            head.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
        }
        return add(head + "\r\n" + body, End.HANG_UP);
    }

    /** @param code as S3 writes it */
    FaultyServer thenError(int status, String code, String... elements) {
        return then(
                status,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                        + "</Code><Message>canary-in-the-message</Message>" + String.join("", elements) + "</Error>",
                "x-amz-request-id: 4711");
    }

    FaultyServer thenHangUp() {
        return add("", End.HANG_UP);
    }

    FaultyServer thenHang() {
        return add("", End.HANG);
    }

    /** Answers without an end, a byte at a time. */
    FaultyServer thenDrip() {
        return add("HTTP/1.1 200 Words\r\n", End.DRIP);
    }

    private synchronized FaultyServer add(String bytes, End end) {
        answers.add(new Answer(bytes.getBytes(StandardCharsets.UTF_8), end));
        return this;
    }

    List<Seen> seen() {
        return seen;
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    private Void answer(Socket socket) throws IOException, InterruptedException {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            Answer answer = next(read(in));
            if (answer.end() == End.HANG) {
                Thread.sleep(60_000);
            }
            out.write(answer.bytes());
            while (answer.end() == End.DRIP) {
                Thread.sleep(20);
                out.write('a');
                out.flush();
            }
        }
        return null;
    }

    private synchronized Answer next(Seen request) {
        seen.add(request);
        return answers.size() > 1 ? answers.poll() : answers.peek();
    }

    private static Seen read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ?", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        String[] first = lines[0].split(" ");
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Seen(first[0], first[1], headers, body);
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executor.shutdownNow();
    }
}
