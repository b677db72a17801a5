package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.util.Set;

/**
 * What a server answered instead of doing it. The server's own text is left out: it repeats what was signed.
 *
 * @param code     S3's word, such as NoSuchBucket; empty where the answer has none
 * @param expected the region or endpoint that the server names instead, or its time; empty where it names none
 */
record S3Error(int status, String code, String expected, String requestId) {
    private static final Set<String> PASSING = Set.of(
            "SlowDown",
            "ServiceUnavailable",
            "InternalError",
            "RequestTimeout",
            "RequestTimeoutException",
            "OperationAborted",
            "ConditionalRequestConflict",
            "BadDigest",
            "XAmzContentSHA256Mismatch");

    static S3Error of(S3Answer answer) {
        S3Xml xml = null;
        try {
            xml = S3Xml.parse(answer.body());
        } catch (IOException e) {
            // An answer to HEAD has no body, and a proxy's is no XML.
        }
        boolean error = xml != null && xml.root().equals("Error");
        return new S3Error(
                answer.status(),
                error ? word(xml.text("Code")) : "",
                error ? word(xml.text("Region") + xml.text("Endpoint") + xml.text("ServerTime")) : "",
                word(answer.header("x-amz-request-id")));
    }

    /** @return the text, or nothing where it is no plain word, which then says nothing to a person either */
    private static String word(String text) {
        return text.matches("[\\w./:+=-]{1,128}") ? text : "";
    }

    /** @return whether the same call may succeed a moment later */
    boolean passes() {
        boolean busy = status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
        return busy || PASSING.contains(code);
    }

    boolean isMissingKey() {
        return status == 404 && !code.equals("NoSuchBucket") && !code.equals("NoSuchUpload");
    }

    String describe() {
        String id = requestId.isEmpty() ? "" : ", request " + requestId;
        return status + (code.isEmpty() ? "" : " " + code) + id;
    }
}
