package io.jenkins.plugins.supabase.core.release;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of one file come from; can be read several times, one after the other. */
@FunctionalInterface
interface ByteSource {
    InputStream open() throws IOException;
}
