package io.jenkins.plugins.supabase.core.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * For the driver, which asks the system for 8 KiB at a time: a table has hundreds of thousands of these. It connects a
 * socket by itself, so that there are no others.
 */
public final class ReadAheadSockets extends SocketFactory {
    private static final int BUFFER_BYTES = 64 << 10;

    @Override
    public Socket createSocket() {
        return new ReadAheadSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }

    private static final class ReadAheadSocket extends Socket {
        private InputStream stream;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (stream == null) {
                stream = new BufferedInputStream(super.getInputStream(), BUFFER_BYTES);
            }
            return stream;
        }
    }
}
