package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A snapshot's content as it is stored.
 *
 * @param digest     of the content itself, 64 hex digits
 * @param compressed whether {@code stored} is the content in gzip; only where that is shorter
 */
record SnapshotContent(String digest, boolean compressed, byte[] stored) {
    static SnapshotContent pack(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean shorter = packed.size() < content.length;
        return new SnapshotContent(sha256(content), shorter, shorter ? packed.toByteArray() : content);
    }

    /** @throws DeliveryException if it is not what its digest says */
    byte[] unpack(SnapshotEntry entry) {
        try {
            byte[] content = compressed ? gunzip() : stored;
            if (sha256(content).equals(entry.digest())) {
                return content;
            }
        } catch (IOException e) {
            // Said below, like every other change.
        }
        throw new DeliveryException("The snapshot of " + entry.kind() + " " + entry.name() + " that deployment "
                + entry.deployment() + " saved is not what it was: its content does not have the digest "
                + entry.digest()
                + ". It is not used, and nothing was changed with it. Verify the ledger, find out who wrote to schema "
                + Ledger.SCHEMA + ", and deploy a release instead.");
    }

    static DeliveryException gone(SnapshotEntry entry) {
        return new DeliveryException("The snapshot of " + entry.kind() + " " + entry.name() + " that deployment "
                + entry.deployment() + " saved is gone from the ledger: it was pruned, or somebody deleted it."
                + " Nothing was changed with it. Deploy a release instead.");
    }

    private byte[] gunzip() throws IOException {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return gzip.readAllBytes();
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
