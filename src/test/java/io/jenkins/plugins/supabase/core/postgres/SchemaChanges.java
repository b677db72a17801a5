package io.jenkins.plugins.supabase.core.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A schema with one of nearly everything, and many ways to change it or to leave it as it is. */
final class SchemaChanges {
    static final String CLEAN_UP = "DROP OWNED BY schema_reader CASCADE; DROP ROLE schema_reader";

    private SchemaChanges() {}

    static String manyObjects() throws IOException {
        return resource("many-objects.sql");
    }

    static List<String> changes() throws IOException {
        return lines("schema-changes.sql");
    }

    static List<String> nonChanges() throws IOException {
        return lines("schema-non-changes.sql");
    }

    private static List<String> lines(String name) throws IOException {
        return resource(name).lines().filter(line -> !line.startsWith("--")).toList();
    }

    private static String resource(String name) throws IOException {
        try (var in = SchemaChanges.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
