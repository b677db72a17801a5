package io.jenkins.plugins.supabase.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and a server on this machine, and does to their connections what networks do. */
public final class FaultProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final int PIECE_BYTES = 16 << 10;

    /** What happens to a connection. */
    public enum Fault {
        NONE,
        /** It ends. */
        CUT,
        /** Nothing comes through any longer. */
        STALL,
        /** One bit of what the server sends is another one. */
        FLIP
    }

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Fault fault = Fault.NONE;
    private long bytesBefore;
    private boolean happened;
    private String answer;

    /** @param server port of the real server */
    public FaultProxy(int server) throws IOException {
        this.server = server;
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** @param bytes that the server still sends over all connections, from now on, before it happens */
    public synchronized void after(long bytes, Fault next) {
        fault = next;
        bytesBefore = bytes;
        happened = false;
        notifyAll();
    }

    /** From now on each HTTP request gets this answer, and the server none of them; null to let them through again. */
    public void answer(String status) {
        synchronized (this) {
            answer = status;
        }
        open.forEach(FaultProxy::end);
    }

    public synchronized boolean hasHappened() {
        return happened;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            open.add(client);
            String now;
            synchronized (this) {
                now = answer;
            }
            if (now != null) {
                start(() -> refuse(client, now));
                continue;
            }
            Socket there = new Socket(InetAddress.getByName("127.0.0.1"), server);
            open.add(there);
            start(() -> pump(client, there, false));
            start(() -> pump(there, client, true));
        }
    }

    private void refuse(Socket client, String status) throws IOException {
        try (client) {
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int read = in.read();
                if (read < 0) {
                    return;
                }
                head.append((char) read);
            }
            Matcher length = LENGTH.matcher(head);
            in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
            client.getOutputStream().write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to, boolean fromServer) throws IOException {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (!pass(piece, read, fromServer)) {
                    return;
                }
                out.write(piece, 0, read);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private synchronized boolean pass(byte[] piece, int length, boolean fromServer) {
        if (fromServer) {
            if (bytesBefore < length && bytesBefore >= 0 && fault == Fault.FLIP && !happened) {
                piece[(int) bytesBefore] ^= 0x01;
                happened = true;
            }
            bytesBefore -= length;
        }
        if (bytesBefore < 0 && fault == Fault.CUT) {
            happened = true;
            return false;
        }
        while (bytesBefore < 0 && fault == Fault.STALL) {
            happened = true;
            try {
                wait();
            } catch (InterruptedException e) {
                return false;
            }
        }
        return true;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One side is gone; the other notices.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        after(0, Fault.CUT);
        open.forEach(FaultProxy::end);
    }
}
