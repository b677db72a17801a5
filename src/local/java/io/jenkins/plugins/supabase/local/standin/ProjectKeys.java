package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A project's API keys: the new publishable and secret ones, and the legacy JWTs. Made anew for every project. */
public final class ProjectKeys {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final long TEN_YEARS_SECONDS = 315_360_000L;

    private final String jwtSecret = randomHex(20);
    private final String publishable = "sb_publishable_" + randomHex(16);
    private final String secret = "sb_secret_" + randomHex(16);
    private final String anon;
    private final String serviceRole;

    ProjectKeys(String ref) {
        anon = sign(claims("anon").put("ref", ref));
        serviceRole = sign(claims("service_role").put("ref", ref));
    }

    public String publishable() {
        return publishable;
    }

    public String secret() {
        return secret;
    }

    public String anon() {
        return anon;
    }

    public String serviceRole() {
        return serviceRole;
    }

    /** @return a JWT as the auth service gives a user that has signed in */
    public String userToken(String userId) {
        return sign(claims("authenticated").put("sub", userId).put("aud", "authenticated"));
    }

    String jwtSecret() {
        return jwtSecret;
    }

    /** @return anon or service_role; empty where the request has no key of this project */
    Optional<String> roleOfKey(Request request) {
        Optional<String> key = request.header("apikey").or(() -> request.parameter("apikey"));
        return key.flatMap(this::roleOf);
    }

    /** @return the claims of the JWT in the Authorization header, where this project signed it */
    Optional<JsonNode> claims(Request request) {
        return request.bearer().flatMap(this::verify);
    }

    private Optional<String> roleOf(String key) {
        if (key.equals(publishable) || key.equals(anon)) {
            return Optional.of("anon");
        }
        return key.equals(secret) || key.equals(serviceRole) ? Optional.of("service_role") : Optional.empty();
    }

    private Optional<JsonNode> verify(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !BASE64.encodeToString(hmac(token.substring(0, dot))).equals(token.substring(dot + 1))) {
            return Optional.empty();
        }
        String payload = token.substring(token.indexOf('.') + 1, dot);
        return Json.parse(Base64.getUrlDecoder().decode(payload))
                .filter(claims -> claims.path("exp").asLong() > System.currentTimeMillis() / 1000);
    }

    private static ObjectNode claims(String role) {
        long now = System.currentTimeMillis() / 1000;
        ObjectNode claims = Json.object().put("iss", "supabase").put("role", role);
        return claims.put("iat", now).put("exp", now + TEN_YEARS_SECONDS);
    }

    private String sign(ObjectNode claims) {
        String head = BASE64.encodeToString(Json.bytes(Json.object().put("alg", "HS256").put("typ", "JWT")));
        String signed = head + "." + BASE64.encodeToString(Json.bytes(claims));
        return signed + "." + BASE64.encodeToString(hmac(signed));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(jwtSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }


    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
