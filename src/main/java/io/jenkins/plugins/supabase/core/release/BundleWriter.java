package io.jenkins.plugins.supabase.core.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * Writes a bundle: a ZIP without compression, whose bytes follow from names and contents alone.
 */
final class BundleWriter implements AutoCloseable {
    static final String MANIFEST = "release.json";

    /** Not the first moment that a ZIP can express: java.util.zip adds a second, time-zone dependent form to that one. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;

    BundleWriter(OutputStream stream) {
        zip = new ZipOutputStream(stream, StandardCharsets.UTF_8);
    }

    void add(String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        add(name, content.length, crc.getValue(), new ByteArrayInputStream(content));
    }

    /** @throws ZipException when the content is not of that size and checksum */
    void add(String name, long size, long crc, InputStream content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        content.transferTo(zip);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
