package io.jenkins.plugins.supabase.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes mails on this machine, as RFC 5321 has it, and delivers none. */
final class MailServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();

    MailServer() throws IOException {
        Thread server = new Thread(this::serve, "mail server of a test");
        server.setDaemon(true);
        server.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** @return its headers and body; null where none came within a minute */
    String next() throws InterruptedException {
        return mails.poll(1, TimeUnit.MINUTES);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // Whoever waits for a mail sees that none came.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.split(" ")[0];
            if (command.equals("DATA")) {
                say(client, "354 go on");
                mails.add(data(in));
            }
            say(client, command.equals("QUIT") ? "221 bye" : "250 ok");
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        return mail.toString().replace("\n\t", " ").replace("\n  ", " ");
    }

    private static void say(Socket client, String line) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
