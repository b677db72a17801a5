package io.jenkins.plugins.supabase.core.blob;

/** A destination has no object of that key. */
public class BlobNotFoundException extends DestinationException {
    private static final long serialVersionUID = 1L;

    BlobNotFoundException(String destination, String key) {
        super("The destination %s has no %s. Nothing was changed. It may have been deleted, or never been stored there."
                .formatted(destination, key));
    }
}
