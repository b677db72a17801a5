package io.jenkins.plugins.supabase.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers every HTTP request with a short 200, so many milliseconds after it came, on a thread of its own for each
 * connection. A process of its own, so that it takes no time from the clients' virtual machine.
 */
public final class SleepyServer {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok".getBytes(StandardCharsets.UTF_8);

    private SleepyServer() {}

    /** Prints its port, and serves until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        long delayMillis = Long.parseLong(arguments[0]);
        try (ServerSocket server = new ServerSocket(0, 1024, InetAddress.getByName("127.0.0.1"))) {
            System.out.println(server.getLocalPort());
            Thread acceptor = new Thread(() -> accept(server, delayMillis));
            acceptor.setDaemon(true);
            acceptor.start();
            while (System.in.read() >= 0) {
                // The benchmark says nothing; the end of its output is its end.
            }
        }
    }

    private static void accept(ServerSocket server, long delayMillis) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket, delayMillis));
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // Closed: the benchmark is over.
        }
    }

    private static void serve(Socket socket, long delayMillis) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (skipHead(in)) {
                Thread.sleep(delayMillis);
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException | InterruptedException e) {
            // The client went away.
        }
    }

    /** @return false at the end of the connection */
    private static boolean skipHead(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return true;
    }
}
