package io.jenkins.plugins.supabase.core.backup.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database held at the moment of the snapshot, for comparing a restored one with it. It is encrypted as rows
 * are: a hash of a small table would give away guesses at its content.
 *
 * @param tables    with those that have no rows
 * @param sequences {@code value, whether it was given out} by qualified name
 * @param objects   SHA-256 of the definition by identity, see core.postgres.SchemaState
 * @param large     hash over all large objects
 */
public record Evidence(
        List<Table> tables, SortedMap<String, String> sequences, SortedMap<String, String> objects, Hash large) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param hex see {@link RowHash#hex()} */
    public record Hash(long rows, String hex) {
        public static Hash of(RowHash hash) {
            return new Hash(hash.rows(), hash.hex());
        }
    }

    /**
     * @param name   qualified, quoted where SQL wants it
     * @param select the query that reads its rows again, as {@code COPY} takes it
     */
    public record Table(String name, String select, Hash hash) {}

    public byte[] toJson() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode list = json.putArray("tables");
        for (Table table : tables) {
            put(list.addObject().put("name", table.name()).put("select", table.select()), table.hash());
        }
        sequences.forEach(json.putObject("sequences")::put);
        objects.forEach(json.putObject("objects")::put);
        put(json.putObject("largeObjects"), large);
        return JSON.writeValueAsBytes(json);
    }

    private static void put(ObjectNode json, Hash hash) {
        json.put("rows", hash.rows()).put("hash", hash.hex());
    }

    public static Evidence read(InputStream stream) throws IOException {
        JsonNode json = JSON.readTree(stream);
        try {
            List<Table> tables = new ArrayList<>();
            json.required("tables").forEach(table -> tables.add(new Table(
                    table.required("name").asText(), table.required("select").asText(), hash(table))));
            return new Evidence(
                    tables,
                    texts(json.required("sequences")),
                    texts(json.required("objects")),
                    hash(json.required("largeObjects")));
        } catch (IllegalArgumentException e) {
            throw new IOException("the evidence is incomplete: " + e.getMessage(), e);
        }
    }

    private static Hash hash(JsonNode json) {
        return new Hash(json.required("rows").asLong(), json.required("hash").asText());
    }

    private static SortedMap<String, String> texts(JsonNode json) {
        SortedMap<String, String> texts = new TreeMap<>();
        json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
