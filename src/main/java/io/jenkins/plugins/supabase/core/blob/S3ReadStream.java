package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.management.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.Function;
import okhttp3.Response;

/** An object as it is read; goes on where it stopped when a connection breaks off. */
final class S3ReadStream extends InputStream {
    private static final int ATTEMPTS = 4;
    private static final int PARTIAL_CONTENT = 206;

    private final S3Client client;
    private final S3Request request;
    private final String etag;
    /** Of the whole object; negative where the server did not say. */
    private final long size;

    private Response response;
    private InputStream body;
    private long position;

    private S3ReadStream(S3Client client, S3Request request, Response response) {
        this.client = client;
        this.request = request;
        this.etag = response.header("ETag");
        this.size = response.body().contentLength();
        take(response);
    }

    static InputStream open(S3Client client, S3Request request, Function<S3Error, DestinationException> refused)
            throws InterruptedException {
        return new S3ReadStream(client, request, client.stream(request, refused));
    }

    private void take(Response next) {
        response = next;
        body = next.body().byteStream();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Backoff backoff = new Backoff();
        while (true) {
            try {
                int read = body.read(buffer, offset, length);
                if (read < 0 && size >= 0 && position != size) {
                    throw new IOException("the object ended early");
                }
                position += Math.max(read, 0);
                return read;
            } catch (IOException e) {
                response.close();
                if (backoff.attempts() + 1 >= ATTEMPTS || etag == null || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                goOn(backoff, e);
            }
        }
    }

    private void goOn(Backoff backoff, IOException cause) throws IOException {
        try {
            Thread.sleep(backoff.next().toMillis());
            S3Request rest = request.header("range", "bytes=%d-".formatted(position)).header("if-match", etag);
            Response next = client.stream(rest, error -> new DestinationException("answer " + error.describe()));
            take(next);
            if (next.code() != PARTIAL_CONTENT) {
                body.skipNBytes(position);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (DestinationException e) {
            IOException failure = new IOException("it broke off and could not be taken up again: " + e.getMessage(), e);
            failure.addSuppressed(cause);
            throw failure;
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
