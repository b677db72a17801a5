package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;

/** What is in parts that follow each other, as one stream. Of each, no more than its file is in memory. */
final class ArchiveStream extends InputStream {
    private final List<BackupPart> parts;
    private final Source source;
    private InputStream current = InputStream.nullInputStream();
    private int opened;
    private long size;

    /** Opens a part. */
    @FunctionalInterface
    interface Source {
        InputStream open(BackupPart part) throws IOException, InterruptedException;
    }

    ArchiveStream(List<BackupPart> parts, Source source) {
        this.parts = parts;
        this.source = source;
    }

    /** @return parts that were not asked for yet */
    List<BackupPart> unopened() {
        return parts.subList(opened, parts.size());
    }

    /** @return bytes that were read */
    long size() {
        return size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = current.read(target, offset, length);
        while (read < 0 && opened < parts.size()) {
            current.close();
            current = InputStream.nullInputStream();
            try {
                current = source.open(parts.get(opened++));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            read = current.read(target, offset, length);
        }
        size += Math.max(read, 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
