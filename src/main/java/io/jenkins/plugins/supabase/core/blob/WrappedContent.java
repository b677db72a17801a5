package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** A content whose streams are read through others. */
record WrappedContent(BlobContent content, UnaryOperator<InputStream> wrapper) implements BlobContent {
    @Override
    public long size() {
        return content.size();
    }

    @Override
    public String sha256() {
        return content.sha256();
    }

    @Override
    public boolean repeatable() {
        return content.repeatable();
    }

    @Override
    public boolean hashedInMemory() {
        return content.hashedInMemory();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return wrapper.apply(content.open(offset));
    }
}
