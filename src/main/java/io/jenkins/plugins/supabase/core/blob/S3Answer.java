package io.jenkins.plugins.supabase.core.blob;

import okhttp3.Headers;

/** @param body whole, at most 16 MiB */
record S3Answer(int status, Headers headers, byte[] body) {
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @return empty where there is no such header */
    String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    /** @return without quotes */
    String etag() {
        return header("ETag").replaceFirst("^W/", "").replace("\"", "");
    }
}
