package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** One upload in parts: nothing of it can be seen before it is complete, and nothing stays of it where it fails. */
final class S3Multipart {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final int COMPLETIONS = 3;

    private final S3Client client;
    private final S3Failures failures;
    private final S3Upload upload;
    private final String key;
    private final String doing;
    private final String name;

    S3Multipart(S3Client client, S3Failures failures, S3Upload upload, String key, String name) {
        this.client = client;
        this.failures = failures;
        this.upload = upload;
        this.key = key;
        this.doing = "storing " + key;
        this.name = name;
    }

    S3Upload.Outcome store(BlobContent content, boolean onlyIfAbsent) throws InterruptedException {
        S3Parts parts = new S3Parts(content, failures, key);
        String id = begin(content);
        boolean complete = false;
        try {
            StringBuilder document = new StringBuilder("<CompleteMultipartUpload xmlns=\"" + NAMESPACE + "\">");
            String etag = send(id, parts, document);
            String sha256 = parts.sha256();
            if (!sha256.equals(content.sha256())) {
                throw failures.mismatch(key, content, sha256);
            }
            document.append("</CompleteMultipartUpload>");
            S3Upload.Outcome outcome = complete(id, document.toString(), etag, onlyIfAbsent);
            complete = outcome != S3Upload.Outcome.THERE_ALREADY;
            return outcome;
        } finally {
            if (!complete) {
                // Where it fails, too, the server keeps the parts until its own rules delete them.
                client.attempt(request("DELETE").query("uploadId", id));
            }
        }
    }

    private String begin(BlobContent content) throws InterruptedException {
        S3Request request = upload.begin(request("POST").query("uploads", ""), content);
        String id = parse(client.must(request)).text("UploadId");
        if (id.isEmpty()) {
            throw failures.noS3(doing, new IOException("it names no upload"));
        }
        return id;
    }

    /** @return the ETag that the whole will have by Amazon's rule */
    private String send(String id, S3Parts parts, StringBuilder document) throws InterruptedException {
        MessageDigest md5s = S3Body.newMd5();
        int number = 0;
        while (parts.hasNext()) {
            number++;
            S3Body body = parts.next();
            S3Answer answer = client.must(request("PUT")
                    .query("partNumber", Integer.toString(number))
                    .query("uploadId", id)
                    .body(body));
            md5s.update(body.md5());
            document.append("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>"
                    .formatted(number, answer.header("ETag").replace("&", "&amp;").replace("<", "&lt;")));
        }
        return S3Body.hex(md5s.digest()) + "-" + number;
    }

    private S3Upload.Outcome complete(String id, String document, String etag, boolean onlyIfAbsent)
            throws InterruptedException {
        S3Request request = request("POST")
                .query("uploadId", id)
                .body(S3Body.of(document.getBytes(StandardCharsets.UTF_8)));
        for (int attempt = 1; ; attempt++) {
            S3Answer answer = upload.conditional(request, onlyIfAbsent);
            if (onlyIfAbsent && S3Upload.isThereAlready(answer)) {
                return S3Upload.Outcome.THERE_ALREADY;
            }
            // The server says 200 before it knows whether it succeeds, to keep the connection.
            S3Xml xml = answer.isSuccess() ? parse(answer) : null;
            if (xml != null && !xml.root().equals("Error")) {
                return S3Upload.verdict(answer, xml.text("ETag").replace("\"", ""), etag);
            }
            S3Error error = S3Error.of(answer);
            if (error.code().equals("NoSuchUpload")) {
                // An earlier attempt, whose answer was lost, did it; if not, reading it back says so.
                return S3Upload.Outcome.NOT_SURE;
            }
            if (!error.passes() || attempt == COMPLETIONS) {
                throw failures.of(doing, error);
            }
        }
    }

    private S3Request request(String method) {
        return S3Request.of(doing, method, name);
    }

    private S3Xml parse(S3Answer answer) {
        try {
            return S3Xml.parse(answer.body());
        } catch (IOException e) {
            throw failures.noS3(doing, e);
        }
    }
}
