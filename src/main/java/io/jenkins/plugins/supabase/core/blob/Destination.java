package io.jenkins.plugins.supabase.core.blob;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A place that keeps named objects for long: a folder, or a bucket of an S3-compatible server. An object is there whole
 * or not at all, whatever happens while it is written. Keys look like {@code releases/versions/1.4.0.json}: see
 * {@link BlobKey}.
 *
 * <p>May be used by several threads, and by several processes at once. Every method throws {@link DestinationException}
 * when the place cannot do what it was asked; objects are then as they were, unless a method says otherwise.
 */
public interface Destination extends AutoCloseable {
    /** @return as the administrator called it */
    String name();

    /** @return a label for where it is, such as {@code eu-central-1}; never null, empty where none was given */
    String region();

    /**
     * Writes an object unless there is one of that key.
     *
     * @return whether this call wrote it; also false where an earlier try of this call, whose answer was lost, did
     * @throws DestinationException also when what was read from the content, or what arrived, is not of its size and
     *     SHA-256; nothing is kept of it then
     */
    boolean putIfAbsent(String key, BlobContent content) throws InterruptedException;

    /**
     * Writes an object; one that was there is replaced at once.
     *
     * @throws DestinationException also when what was read from the content, or what arrived, is not of its size and
     *     SHA-256
     */
    void put(String key, BlobContent content) throws InterruptedException;

    /**
     * @return the object's bytes as they are stored: whether they are the right ones is for the reader to see; reading
     *     throws an IOException when the place fails meanwhile, never an early end
     * @throws BlobNotFoundException when there is no such object
     */
    InputStream open(String key) throws InterruptedException;

    /** @return empty when there is no such object */
    Optional<BlobStat> stat(String key) throws InterruptedException;

    /**
     * @param prefix the beginning of the keys, which need not end at a slash; empty for all
     * @return sorted by key
     */
    List<BlobStat> list(String prefix) throws InterruptedException;

    /**
     * Deletes an object; there need not be one.
     *
     * @throws DeletionRefusedException when it stays, as it is locked or this may not be done
     */
    void delete(String key) throws InterruptedException;

    /**
     * Deletes what uploads below a prefix left that were killed, once no upload can be at it any more. A server that
     * has rules of its own for that is left to them.
     *
     * @param prefix a folder, with its slash
     */
    default void sweepLeftovers(String prefix) throws InterruptedException {
        // Most places keep nothing of an upload that was not completed.
    }

    /**
     * @return this place, with what is written through it kept from being deleted or replaced for as long as its
     *     administrator chose; itself where it locks nothing. Not to be closed
     */
    default Destination locking() {
        return this;
    }

    /**
     * Locks an object that is there as if it were written through {@link #locking()} now, unless its lock lasts longer;
     * nothing where this place locks nothing.
     */
    default void lockAnew(String key) throws InterruptedException {
        // What cannot lock has no lock to renew.
    }

    @Override
    void close();
}
