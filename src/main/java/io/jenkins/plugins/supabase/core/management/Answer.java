package io.jenkins.plugins.supabase.core.management;

import okhttp3.Headers;

/**
 * An HTTP answer with as much of its body as was allowed. The body is never logged: some of the API's answers hold
 * secrets.
 */
record Answer(int status, Headers headers, byte[] body) {
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isRateLimited() {
        return status == 429;
    }

    /**
     * Whether a gateway, Supabase's own or Cloudflare's, answered in place of the API: the same call may succeed soon.
     */
    boolean isPassingFailure() {
        return status == 502 || status == 503 || status == 504 || (status >= 520 && status <= 524);
    }

    /** Whether the API itself failed, which may pass or not. */
    boolean isInternalError() {
        return status == 500;
    }

    /** @return see {@link RequestIds} */
    String requestId() {
        return RequestIds.of(headers);
    }

    /** @return a header that holds whole seconds or a count; null where it is absent or something else */
    Long number(String header) {
        String value = headers.get(header);
        return value != null && value.strip().matches("\\d{1,9}") ? Long.valueOf(value.strip()) : null;
    }

    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
