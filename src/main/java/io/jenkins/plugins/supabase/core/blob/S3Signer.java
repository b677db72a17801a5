package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Amazon's Signature Version 4 in headers, with the SHA-256 of the body signed too, so that the server refuses a body that
 * changed on its way: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
 */
final class S3Signer {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String region;
    private final String accessKey;
    private final SecretText secretKey;
    private final SecretText sessionToken;

    /** @param sessionToken null for credentials that have none */
    S3Signer(String region, String accessKey, SecretText secretKey, SecretText sessionToken) {
        this.region = region;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.sessionToken = sessionToken;
    }

    /**
     * @param path    encoded, as it stands in the address
     * @param query   unencoded
     * @param headers that are signed too, host among them
     * @return all headers that the request needs, those given included
     */
    SortedMap<String, String> sign(
            String method,
            String path,
            SortedMap<String, String> query,
            Map<String, String> headers,
            String bodySha256,
            Instant now) {
        SortedMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        String time = TIME.format(now);
        signed.put("x-amz-date", time);
        signed.put("x-amz-content-sha256", bodySha256);
        if (sessionToken != null && !sessionToken.isEmpty()) {
            signed.put("x-amz-security-token", sessionToken.reveal());
        }
        StringBuilder lines = new StringBuilder();
        signed.forEach((name, value) -> lines.append(name).append(':').append(value.strip()).append('\n'));
        String names = String.join(";", signed.keySet());
        String request = String.join("\n", method, path, query(query), lines, names, bodySha256);
        String day = time.substring(0, 8);
        String scope = String.join("/", day, region, "s3", "aws4_request");
        String toSign = String.join("\n", ALGORITHM, time, scope, Sha256.of(request));
        String signature = HexFormat.of().formatHex(hmac(key(day), toSign));
        signed.put(
                "authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(ALGORITHM, accessKey, scope, names, signature));
        return signed;
    }

    private byte[] key(String day) {
        byte[] secret = ("AWS4" + secretKey.reveal()).getBytes(StandardCharsets.UTF_8);
        return hmac(hmac(hmac(hmac(secret, day), region), "s3"), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    /** @return as it is signed and as it stands in the address */
    static String query(SortedMap<String, String> query) {
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return text.toString();
    }

    /** @return with its slashes */
    static String path(String key) {
        return encode(key).replace("%2F", "/");
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
