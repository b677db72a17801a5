package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.local.standin.OpenApiDocument;
import io.jenkins.plugins.supabase.local.standin.RequestLog;
import io.jenkins.plugins.supabase.local.standin.SharedFacts;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random pairs of files, old and new, over every key of the table. */
class RandomConfigPairsTest extends ConfigFixture {
    private static final int PAIRS = 40;
    /** Of each of three seeds; each pair is applied. */
    private static final int APPLIED_PAIRS = Integer.getInteger("config.pairs", 15);
    private static final Map<ConfigSection, String> WRITES = Map.of(
            ConfigSection.SSL, "PUT /ssl-enforcement",
            ConfigSection.NETWORK, "POST /network-restrictions/apply",
            // The document does not know PATCH yet; what it takes is the same.
            ConfigSection.DATABASE, "PUT /config/database/postgres",
            ConfigSection.POOLER, "PATCH /config/database/pooler",
            ConfigSection.API, "PATCH /postgrest",
            ConfigSection.AUTH, "PATCH /config/auth",
            ConfigSection.STORAGE, "PATCH /config/storage",
            ConfigSection.REALTIME, "PATCH /config/realtime");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void applyingAPlanLeavesNothingToPlan(long seed) throws Exception {
        Random random = new Random(seed);
        for (int pair = 0; pair < APPLIED_PAIRS; pair++) {
            applyWhole(new RandomConfig(random, folder));
            RandomConfig next = new RandomConfig(random, folder);
            SortedMap<String, String> before = recorded;
            ConfigPlan plan = plan(next.toml(), next.variables(), ALLOW_ALL);
            standIn.requests().clear();

            ConfigOutcome outcome = apply(plan);

            assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
            assertThat(sentFields()).isEqualTo(fields(plan));
            assertOnlyPlannedKeysDiffer(before, plan);
            ConfigPlan second = plan(next.toml(), next.variables(), ALLOW_ALL);
            assertThat(second.changes()).as(next.toml()).isEmpty();
            assertThat(second.isEmpty()).isTrue();
        }
    }

    @Test
    void noCredentialShowsAnywhere() throws Exception {
        Random random = new Random(4);
        StringBuilder shown = new StringBuilder();
        for (int pair = 0; pair < PAIRS; pair++) {
            RandomConfig next = new RandomConfig(random, folder);
            ConfigPlan plan = plan(next.toml(), next.variables(), PRODUCTION);
            shown.append(plan).append(plan.changes()).append(plan.refusals()).append(plan.notes())
                    .append(plan.findings());
            shown.append(new JsonMapper().writeValueAsString(plan.changes()));
            try {
                plan.requireAllowed();
            } catch (RuntimeException e) {
                shown.append(e.getMessage());
            }
            ConfigPlan allowed = plan(next.toml(), next.variables(), ALLOW_ALL);
            shown.append(allowed.snapshot().toJson()).append(allowed.snapshot()).append(apply(allowed));
            shown.append(recorded);
        }
        lines.forEach(shown::append);

        assertThat(shown.toString()).doesNotContain(RandomConfig.CANARY).contains("auth.email.smtp.pass");
    }

    @Test
    void whatIsSentIsWhatTheOpenApiDocumentWants() throws Exception {
        OpenApiDocument document = OpenApiDocument.read(SharedFacts.required("management-api-openapi.json"));
        Random random = new Random(5);
        Set<String> covered = new HashSet<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            RandomConfig next = new RandomConfig(random, folder);
            ConfigPlan plan = plan(next.toml(), next.variables(), ALLOW_ALL);
            plan.patches().forEach((section, patch) -> {
                String[] write = WRITES.get(section).split(" ");
                JsonNode body = SectionBodies.body(section, patch);
                assertThat(document.requestFaults(write[0], "/v1/projects/" + REF + write[1], body))
                        .as(section + " " + body)
                        .isEmpty();
                patch.keySet().forEach(field -> covered.add(section.label() + "." + field));
            });
        }
        assertThat(covered).containsAll(ConfigKeys.ALL.keys().stream()
                .filter(key -> key.field() != null)
                .map(key -> key.section().label() + "." + key.field())
                .toList());
    }

    private void applyWhole(RandomConfig config) throws Exception {
        assertThat(apply(plan(config.toml(), config.variables(), ALLOW_ALL)).isSuccess()).isTrue();
    }

    /** @return what the plan says that it sends: its changes and what must go with them */
    private static Set<String> fields(ConfigPlan plan) throws IOException {
        Set<String> fields = new TreeSet<>();
        plan.patches().forEach((section, patch) -> collect(SectionBodies.body(section, patch), "", fields));
        Set<String> companions = ConfigKeys.ALL.keys().stream()
                .flatMap(key -> key.with().stream())
                .collect(Collectors.toSet());
        companions.add("sms_test_otp_valid_until");
        Set<String> changed = plan.changes().stream().map(ConfigChange::key).collect(Collectors.toSet());
        plan.patches().forEach((section, patch) -> patch.keySet().forEach(field -> assertThat(
                        companions.contains(field) || ConfigKeys.ALL.keys().stream().anyMatch(key ->
                                key.section() == section && field.equals(key.field()) && changed.contains(key.key())))
                .as(field)
                .isTrue()));
        return fields;
    }

    private static void collect(JsonNode node, String prefix, Set<String> names) {
        node.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                collect(field.getValue(), prefix + field.getKey() + ".", names);
            } else {
                names.add(prefix + field.getKey());
            }
        });
    }

    private Set<String> sentFields() {
        return standIn.requests().entries().stream()
                .filter(entry -> !entry.method().equals("GET"))
                .map(RequestLog.Entry::fieldNames)
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void assertOnlyPlannedKeysDiffer(SortedMap<String, String> before, ConfigPlan plan) throws Exception {
        List<String> drift = ConfigDrift.between(before, RemoteConfig.read(client)).stream()
                .map(ConfigDrift::key)
                .toList();
        Set<String> planned = plan.patches().entrySet().stream()
                .flatMap(patch -> patch.getValue().keySet().stream()
                        .map(field -> RemoteField.of(patch.getKey(), field).name()))
                .collect(Collectors.toSet());
        assertThat(planned).containsAll(drift);
    }
}
