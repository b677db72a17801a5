package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Applies a plan: one call a section with only the fields that change, then one look at what the project has now. */
public final class ConfigApplier {
    private static final Set<Integer> NO_SUCH_METHOD = Set.of(404, 405);
    private static final int LOOKS = 3;

    private final ManagementClient client;
    private final Progress progress;
    private final Duration pause;
    private final Map<ConfigSection, ConfigOutcome.State> states = new EnumMap<>(ConfigSection.class);
    private final Map<ConfigSection, String> problems = new EnumMap<>(ConfigSection.class);
    private ConfigPlan plan;

    public ConfigApplier(ManagementClient client, Progress progress) {
        this(client, progress, Duration.ofSeconds(1));
    }

    /** @param pause between two looks at settings that are not yet as wanted */
    ConfigApplier(ManagementClient client, Progress progress, Duration pause) {
        this.client = client;
        this.progress = progress;
        this.pause = pause;
    }

    /**
     * Stops at the first section that fails, and says so in what it returns; an interrupt leaves what is known in
     * {@link #outcome()}.
     *
     * @param allowed a plan without refusals
     */
    public ConfigOutcome apply(ConfigPlan allowed) throws InterruptedException {
        allowed.requireAllowed();
        plan = allowed;
        plan.patches().keySet().forEach(section -> states.put(section, ConfigOutcome.State.NOT_TRIED));
        for (ConfigSection section : plan.patches().keySet()) {
            if (!write(section)) {
                break;
            }
        }
        if (states.containsValue(ConfigOutcome.State.NOT_VERIFIED)) {
            verify();
        }
        return outcome();
    }

    /** @return what is known so far */
    public ConfigOutcome outcome() {
        List<ConfigOutcome.Section> sections = new ArrayList<>();
        states.forEach((section, state) -> sections.add(
                new ConfigOutcome.Section(section.label(), state, names(section), problems.get(section))));
        return new ConfigOutcome(sections);
    }

    private List<String> names(ConfigSection section) {
        return plan.patches().get(section).keySet().stream()
                .map(field -> RemoteField.of(section, field).name())
                .toList();
    }

    private boolean write(ConfigSection section) throws InterruptedException {
        SortedMap<String, JsonNode> patch = plan.patches().get(section);
        states.put(section, ConfigOutcome.State.UNKNOWN);
        try {
            if (section == ConfigSection.DATABASE) {
                writeDatabase(patch);
            } else {
                client.updateConfig(section, SectionBodies.body(section, patch));
            }
        } catch (ManagementException e) {
            boolean refused = e.status() >= 400 && e.status() < 500;
            states.put(section, refused ? ConfigOutcome.State.REFUSED : ConfigOutcome.State.UNKNOWN);
            problems.put(section, withoutSecrets(section, e.getMessage()));
            return false;
        }
        states.put(section, ConfigOutcome.State.NOT_VERIFIED);
        progress.line("Changed %s of %s.".formatted(Count.of(patch.size(), "field"), section.label()));
        return true;
    }

    /** The API may quote what it refuses. */
    private String withoutSecrets(ConfigSection section, String message) {
        String safe = message;
        for (Map.Entry<String, JsonNode> field : plan.patches().get(section).entrySet()) {
            RemoteField named = RemoteField.of(section, field.getKey());
            boolean hidden = named.secret() || plan.unshownKeys().contains(named.name());
            if (hidden && !field.getValue().asText("").isEmpty()) {
                safe = safe.replace(field.getValue().asText(), "****");
            }
        }
        return safe;
    }

    /** An override is taken back only by replacing all of them; older platforms know no other way to change one. */
    private void writeDatabase(SortedMap<String, JsonNode> patch) throws InterruptedException {
        boolean takesBack = patch.values().stream().anyMatch(JsonNode::isNull);
        if (!takesBack) {
            try {
                client.updateConfig(ConfigSection.DATABASE, SectionBodies.body(ConfigSection.DATABASE, patch));
                return;
            } catch (ManagementException e) {
                if (!NO_SUCH_METHOD.contains(e.status())) {
                    throw e;
                }
            }
        }
        SortedMap<String, JsonNode> overrides = new TreeMap<>(plan.remote().section(ConfigSection.DATABASE));
        overrides.putAll(patch);
        overrides.values().removeIf(JsonNode::isNull);
        client.replaceDatabaseConfig(SectionBodies.body(ConfigSection.DATABASE, overrides));
    }

    private void verify() throws InterruptedException {
        for (int look = 1; states.containsValue(ConfigOutcome.State.NOT_VERIFIED) && look <= LOOKS; look++) {
            if (look > 1) {
                Thread.sleep(pause.toMillis());
            }
            RemoteConfig now;
            try {
                now = RemoteConfig.read(client);
            } catch (ManagementException e) {
                states.replaceAll((section, state) -> told(section, state, e.getMessage()));
                return;
            }
            states.replaceAll((section, state) -> state == ConfigOutcome.State.NOT_VERIFIED && isAsWanted(section, now)
                    ? ConfigOutcome.State.LIVE
                    : state);
        }
        states.replaceAll((section, state) -> told(section, state,
                ("The Management API took the change of %s, but what "
                + "it shows now is something else.").formatted(section.label())));
    }

    private ConfigOutcome.State told(ConfigSection section, ConfigOutcome.State state, String problem) {
        if (state == ConfigOutcome.State.NOT_VERIFIED) {
            problems.putIfAbsent(section, problem);
        }
        return state;
    }

    private boolean isAsWanted(ConfigSection section, RemoteConfig now) {
        return plan.patches().get(section).entrySet().stream()
                .allMatch(field -> PatchedField.isAsWanted(section, field.getKey(), field.getValue(), now));
    }
}
