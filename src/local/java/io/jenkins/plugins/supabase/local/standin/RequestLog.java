package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was asked, in order of the answers. Holds no header values and no bodies, so no secrets. */
public final class RequestLog {
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Integer> clientPorts = new TreeSet<>();

    /**
     * @param query       parameters; of one given twice both, joined by a comma
     * @param headerNames in lower case
     * @param fieldNames  of a body that is a JSON object, dotted, without their values
     * @param partNames   of a multipart body, in order: {@code metadata}, or a file's name
     * @param status      0 where the connection was dropped
     */
    public record Entry(
            String method,
            String path,
            Map<String, String> query,
            Set<String> headerNames,
            Set<String> fieldNames,
            List<String> partNames,
            int status) {

        /** @return such as {@code GET /v1/projects} */
        public String line() {
            return method + " " + path;
        }
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public synchronized List<String> lines() {
        return entries.stream().map(Entry::line).toList();
    }

    /** @param pattern as in {@link Faults} */
    public synchronized List<Entry> matching(String pattern) {
        PathPattern wanted = new PathPattern(pattern);
        return entries.stream()
                .filter(entry -> wanted.match(entry.method(), entry.path()).isPresent())
                .toList();
    }

    public int count(String pattern) {
        return matching(pattern).size();
    }

    /** @return how many requests there were of each line, such as {@code GET /v1/projects}, sorted */
    public synchronized Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        entries.forEach(entry -> counts.merge(entry.line(), 1, Integer::sum));
        return counts;
    }

    /** @return how many TCP connections the requests came over */
    public synchronized int connections() {
        return clientPorts.size();
    }

    public synchronized void clear() {
        entries.clear();
        clientPorts.clear();
    }

    synchronized void add(Request request, int status) {
        Set<String> headerNames = new TreeSet<>();
        request.headers().keySet().forEach(name -> headerNames.add(name.toLowerCase(Locale.ROOT)));
        clientPorts.add(request.clientPort());
        entries.add(new Entry(
                request.method(),
                request.path(),
                Map.copyOf(request.query()),
                headerNames,
                fieldNames(request),
                MultipartForm.partNames(request),
                status));
    }

    private static Set<String> fieldNames(Request request) {
        Set<String> names = new TreeSet<>();
        Json.parse(request.body()).ifPresent(body -> collect(body, "", names));
        return names;
    }

    private static void collect(JsonNode node, String prefix, Set<String> names) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isObject()) {
                collect(field.getValue(), prefix + field.getKey() + ".", names);
            } else {
                names.add(prefix + field.getKey());
            }
        }
    }
}
