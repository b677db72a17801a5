package io.jenkins.plugins.supabase.core.management;

import java.util.List;
import okhttp3.Headers;

/** By what Supabase's support finds a call. */
final class RequestIds {
    /** The gateway of a project sends the second (recorded); Cloudflare, which both APIs lie behind, the last. */
    private static final List<String> HEADERS = List.of("x-request-id", "sb-request-id", "cf-ray");

    private RequestIds() {}

    /** @return such as {@code cf-ray 8c1…}; null where the answer has none */
    static String of(Headers headers) {
        for (String name : HEADERS) {
            String value = headers.get(name);
            if (value != null && value.strip().matches("[A-Za-z0-9._:-]{1,100}")) {
                return name + " " + value.strip();
            }
        }
        return null;
    }
}
