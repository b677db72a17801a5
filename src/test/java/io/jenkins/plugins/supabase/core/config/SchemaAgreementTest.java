package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The schema that editors use and the check that the plugin makes agree. */
class SchemaAgreementTest {
    private static final int FILES = 3000;
    private static final List<String> VALUES = List.of(
            "true", "false", "5", "0", "-1", "3000", "3001", "604801", "15.0", "1.5", "text", "\"5\"", "\"\"", "null",
                    "~",
            "debug", "session", "8s", "8 s", "\"${NAME}\"", "\"a${NAME}\"", "[a, b]", "[]", "[1]", "[[]]", "{}",
            "{email_sent: 5}", "{email_sent: x}", "{other: 5}", "https://example.com", "yes", "0x1F", "1e3",
                    "2026-01-01");

    private final String text;
    private final JsonNode schema;
    private final Schema reference;
    private final List<String> keys = new ArrayList<>();

    SchemaAgreementTest() throws IOException {
        try (InputStream resource = ConfigKeys.class.getResourceAsStream("environments.schema.json")) {
            text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        schema = new JsonMapper().readTree(text);
        reference = SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(text);
        schema.at("/$defs/environment/properties").fieldNames().forEachRemaining(keys::add);
        keys.add("max_conections");
    }

    @Test
    void theyTakeAndRefuseTheSameFiles() throws IOException {
        Random random = new Random(11);
        int valid = 0;
        for (int i = 0; i < FILES; i++) {
            String yaml = file(random);
            boolean taken = SchemaCheck.problems(schema, YamlTree.read(yaml, "file")).isEmpty();

            assertThat(taken).as(yaml).isEqualTo(reference.validate(new YAMLMapper().readTree(yaml)).isEmpty());
            valid += taken ? 1 : 0;
        }
        assertThat(valid).isBetween(FILES / 20, FILES * 19 / 20);
    }

    @Test
    void theSchemaIsOneOfItsDialect() throws IOException {
        Schema dialect = SchemaRegistry.withDialect(Dialects.getDraft202012(), builder -> {})
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(dialect.validate(schema)).isEmpty();
    }

    @Test
    void everyKeyHasADescriptionAndSetsSomething() {
        TreeSet<String> named = new TreeSet<>();
        collect(schema.at("/$defs/environment/properties"), "", named);

        TreeSet<String> expected = new TreeSet<>(SettingKeys.ALL.all().keySet());
        expected.addAll(List.of("supabase_url", "debug_mode", "log_level"));
        assertThat(named).isEqualTo(expected);
    }

    private static void collect(JsonNode properties, String prefix, TreeSet<String> names) {
        properties.properties().forEach(property -> {
            assertThat(property.getValue().path("description").asText()).as(property.getKey()).endsWith(".");
            JsonNode inner = property.getValue().path("properties");
            if (inner.isMissingNode()) {
                names.add(prefix + property.getKey());
            } else {
                collect(inner, prefix + property.getKey() + ".", names);
            }
        });
    }

    private String file(Random random) {
        StringBuilder yaml = new StringBuilder(random.nextInt(8) == 0 ? "x-anything: [1, two]\n" : "");
        String name = List.of("staging", "x-y", "st aging", "a.b", "_x").get(random.nextInt(20) == 0
                ? random.nextInt(5) : 0);
        yaml.append('"').append(name).append("\":\n");
        int entries = 1 + random.nextInt(2);
        for (int i = 0; i < entries; i++) {
            String key = keys.get(random.nextInt(keys.size()));
            if (!yaml.toString().contains(" " + key + ":")) {
                yaml.append("  ").append(key).append(": ").append(VALUES.get(random.nextInt(VALUES.size())))
                        .append('\n');
            }
        }
        return yaml.toString();
    }
}
