package io.jenkins.plugins.supabase.local.standin;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Storage: objects. Answers are those of supabase/storage, http/routes/object and storage/renderer: what is missing
 * is a 400 whose body says 404.
 */
final class ObjectEndpoints {
    private static final String PREFIX = "/storage/v1/object/";
    private static final String AUTHENTICATED = "authenticated/";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    void addTo(Routes routes) {
        routes.open("GET /storage/v1/object/authenticated/{bucket}/**", this::read)
                .open("HEAD /storage/v1/object/authenticated/{bucket}/**", this::head)
                .open("POST /storage/v1/object/{bucket}/**", call -> upload(call, "true".equals(
                        call.request().header("x-upsert").orElse(""))))
                .open("PUT /storage/v1/object/{bucket}/**", call -> upload(call, true));
    }

    private Reply read(Call call) {
        StandInObjects.Stored stored = find(call);
        byte[] content = stored.content();
        Matcher range = RANGE.matcher(call.request().header("Range").orElse(""));
        Reply reply;
        if (!range.matches()) {
            reply = Reply.bytes(200, stored.mimeType(), content);
        } else {
            int from = Integer.parseInt(range.group(1));
            if (from >= content.length) {
                throw new Refusal(
                        Reply.json(416, StandInBuckets.error("416", "InvalidRange", "Range not satisfiable")));
            }
            reply = Reply.bytes(206, stored.mimeType(), Arrays.copyOfRange(content, from, content.length))
                    .with("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        return described(reply, stored);
    }

    private Reply head(Call call) {
        StandInObjects.Stored stored = find(call);
        Reply reply = Reply.bytes(200, stored.mimeType(), new byte[0]);
        return described(reply, stored).with("Content-Length", Integer.toString(stored.content().length));
    }

    private static Reply described(Reply reply, StandInObjects.Stored stored) {
        return reply.with("ETag", stored.eTag())
                .with("Accept-Ranges", "bytes")
                .with("Cache-Control", stored.cacheControl())
                .with("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        stored.modified().atOffset(ZoneOffset.UTC)));
    }

    private StandInObjects.Stored find(Call call) {
        StorageEndpoints.requireServiceRole(call);
        return call.project()
                .objects()
                .find(call.variable("bucket"), key(call, PREFIX + AUTHENTICATED))
                .orElseThrow(() -> new Refusal(
                        Reply.json(400, StandInBuckets.error("404", "not_found", "Object not found"))));
    }

    private Reply upload(Call call, boolean upsert) {
        StorageEndpoints.requireServiceRole(call);
        String bucket = call.variable("bucket");
        call.project().buckets().required(bucket);
        String key = key(call, PREFIX);
        if (!upsert && call.project().objects().find(bucket, key).isPresent()) {
            throw new Refusal(Reply.json(
                    400, StandInBuckets.error("409", "Duplicate", "The resource already exists")));
        }
        Request request = call.request();
        String metadata = request.header("x-metadata")
                .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                .orElse(null);
        call.project().objects().put(
                bucket,
                Map.of(key, request.body()),
                request.header("Content-Type").orElse("application/octet-stream"),
                request.header("Cache-Control").orElse("no-cache"),
                metadata);
        return Reply.ok(Json.object().put("Key", bucket + "/" + key).put("Id", UUID.randomUUID().toString()));
    }

    private static String key(Call call, String prefix) {
        return call.request().path().substring(prefix.length() + call.variable("bucket").length() + 1);
    }
}
