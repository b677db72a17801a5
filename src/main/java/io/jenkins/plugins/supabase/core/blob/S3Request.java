package io.jenkins.plugins.supabase.core.blob;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One call, before it is signed.
 *
 * @param doing   for messages: what it is good for, as in "storing releases/1.zip"
 * @param key     inside the bucket; empty for the bucket itself
 * @param query   unencoded; an empty value for a bare name
 * @param headers beyond those that every call has
 * @param body    null for none
 */
record S3Request(
        String doing,
        String method,
        String key,
        SortedMap<String, String> query,
        SortedMap<String, String> headers,
        S3Body body) {
    static S3Request of(String doing, String method, String key) {
        return new S3Request(doing, method, key, new TreeMap<>(), new TreeMap<>(), null);
    }

    S3Request query(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(query);
        more.put(name, value);
        return new S3Request(doing, method, key, more, headers, body);
    }

    S3Request header(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new S3Request(doing, method, key, query, more, body);
    }

    S3Request body(S3Body content) {
        return new S3Request(doing, method, key, query, headers, content);
    }
}
