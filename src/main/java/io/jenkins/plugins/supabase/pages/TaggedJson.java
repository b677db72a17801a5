package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON for one client, sent only when it is not what the client has. */
public final class TaggedJson {
    private static final int TAG_LENGTH = 32;

    private TaggedJson() {}

    /** @param known the tag of what the client has (its {@code If-None-Match}); null if it has nothing */
    public static void answer(String known, HttpServletResponse response, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String tag = '"' + Sha256.of(bytes).substring(0, TAG_LENGTH) + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "private, no-cache");
        if (tag.equals(known)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(bytes);
    }
}
