package io.jenkins.plugins.supabase.core.blob;

import java.util.Map;

/** Brings objects to the server: small ones in one call, large ones in parts, none of them whole in memory. */
final class S3Upload {
    private static final int THERE_ALREADY = 412;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client client;
    private final S3Failures failures;
    private final S3Lock lock;
    /** Some servers know no conditions for writing. */
    private volatile boolean conditions = true;

    /** @param lock null where objects are stored without one */
    S3Upload(S3Client client, S3Failures failures, S3Lock lock) {
        this.lock = lock;
        this.client = client;
        this.failures = failures;
    }

    enum Outcome {
        VERIFIED,
        /** What the server says of it tells nothing: it has to be read back. */
        NOT_SURE,
        THERE_ALREADY
    }

    /**
     * @param key  for messages
     * @param name as the server has it
     */
    Outcome store(String key, String name, BlobContent content, boolean onlyIfAbsent) throws InterruptedException {
        if (content.size() > S3Parts.SMALLEST) {
            return new S3Multipart(client, failures, this, key, name).store(content, onlyIfAbsent);
        }
        S3Parts parts = new S3Parts(content, failures, key);
        S3Body body = parts.next();
        if (!body.digest().equals(content.sha256())) {
            throw failures.mismatch(key, content, body.digest());
        }
        S3Request request = begin(S3Request.of("storing " + key, "PUT", name), content).body(body);
        S3Answer answer = conditional(request, onlyIfAbsent);
        if (onlyIfAbsent && isThereAlready(answer)) {
            return Outcome.THERE_ALREADY;
        }
        if (!answer.isSuccess()) {
            throw failures.of(request.doing(), S3Error.of(answer));
        }
        return verdict(answer, answer.etag(), S3Body.hex(body.md5()));
    }

    /** @return the call that begins an upload, with what the object is to have beside its bytes */
    S3Request begin(S3Request request, BlobContent content) {
        S3Request begun = request.header("x-amz-meta-sha256", content.sha256());
        if (lock != null) {
            for (Map.Entry<String, String> header : lock.headers().entrySet()) {
                begun = begun.header(header.getKey(), header.getValue());
            }
        }
        return begun;
    }

    /** @return an answer that may be a refusal, 412 where the object is there already */
    S3Answer conditional(S3Request request, boolean onlyIfAbsent) throws InterruptedException {
        boolean condition = onlyIfAbsent && conditions;
        S3Answer answer = client.call(condition ? request.header("if-none-match", "*") : request);
        if (condition && answer.status() == NOT_IMPLEMENTED) {
            conditions = false;
            answer = client.call(request);
        }
        return answer;
    }

    /**
     * @param found    the ETag that the server gave
     * @param expected the one that Amazon's rule gives: MD5 of the bytes, or of the parts' MD5s
     */
    static Outcome verdict(S3Answer answer, String found, String expected) {
        // Amazon keeps no MD5 of what it encrypts with a key of KMS, and has compared the signed SHA-256 with what arrived.
        boolean compared = answer.header("x-amz-server-side-encryption").startsWith("aws:kms");
        return compared || found.equalsIgnoreCase(expected) ? Outcome.VERIFIED : Outcome.NOT_SURE;
    }

    static boolean isThereAlready(S3Answer answer) {
        return answer.status() == THERE_ALREADY;
    }
}
