package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A stretch of a content on its way to the server, read anew for every attempt. */
final class S3Body extends RequestBody {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final BlobContent content;
    private final long offset;
    private final long length;
    private final String sha256;
    private final byte[] md5;

    /**
     * @param sha256 of the stretch, 64 hex digits
     * @param md5    of the stretch
     */
    S3Body(BlobContent content, long offset, long length, String sha256, byte[] md5) {
        this.md5 = md5.clone();
        this.content = content;
        this.offset = offset;
        this.length = length;
        this.sha256 = sha256;
    }

    static S3Body of(byte[] bytes) {
        return new S3Body(BlobContent.of(bytes), 0, bytes.length, Sha256.of(bytes), newMd5().digest(bytes));
    }

    String digest() {
        return sha256;
    }

    /** @return of the stretch */
    byte[] md5() {
        return md5.clone();
    }

    @Override
    public MediaType contentType() {
        return BYTES;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = length;
        try (InputStream stream = opened()) {
            while (left > 0) {
                int read = read(stream, buffer, (int) Math.min(buffer.length, left));
                sink.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private InputStream opened() throws SourceException {
        try {
            return content.open(offset);
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    private static int read(InputStream stream, byte[] buffer, int most) throws SourceException {
        int read;
        try {
            read = stream.read(buffer, 0, most);
        } catch (IOException e) {
            throw new SourceException(e);
        }
        if (read < 0) {
            throw new SourceException(new IOException("it is shorter than announced"));
        }
        return read;
    }

    /** What S3 calls ETag is for most objects an MD5: here a checksum among others, nothing that keeps a secret. */
    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** Not the server failed but what was to be sent. */
    static final class SourceException extends IOException {
        private static final long serialVersionUID = 1L;

        SourceException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
