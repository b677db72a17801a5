package io.jenkins.plugins.supabase.core.management;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Response;

/** The bytes of a storage object. A connection that breaks is made anew, and what is left is asked for. */
public final class ObjectStream extends InputStream {
    private static final int ATTEMPTS = 5;
    private static final int PARTIAL = 206;

    private final ObjectClient client;
    private final String bucket;
    private final String key;
    private final String eTag;
    private final long size;
    private Response response;
    private InputStream bytes;
    private long position;
    private int failures;

    ObjectStream(ObjectClient client, String bucket, String key, Response response) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.eTag = ObjectClient.eTag(response);
        this.size = ObjectClient.length(response);
        this.response = response;
        this.bytes = response.body().byteStream();
    }

    /** @return in bytes; -1 where it is not said before the end */
    public long size() {
        return size;
    }

    /** @return of what is read, without quotes; empty where none is said */
    public String eTag() {
        return eTag;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        while (true) {
            try {
                int read = bytes.read(target, offset, length);
                position += Math.max(read, 0);
                return read;
            } catch (IOException e) {
                goOn(e);
            }
        }
    }

    private void goOn(IOException failure) throws IOException {
        if (Thread.currentThread().isInterrupted() || failures++ >= ATTEMPTS) {
            throw failure;
        }
        close();
        try {
            Optional<Response> rest = client.get(bucket, key, position);
            if (rest.isEmpty()) {
                throw new IOException("it was deleted while it was read", failure);
            }
            response = rest.get();
            bytes = response.body().byteStream();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (!ObjectClient.eTag(response).equals(eTag)) {
            throw new IOException("it was replaced while it was read", failure);
        }
        if (position > 0 && response.code() != PARTIAL) {
            bytes.skipNBytes(position);
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
