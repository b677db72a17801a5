package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what is declared with what a project has, key by key. */
final class ConfigComparison {
    /** Set apart from what the API shows of the same key. */
    private static final String SALTED = " (salted)";
    private static final String TEST_CODES = "sms_test_otp";
    private static final String TEST_CODES_END = "sms_test_otp_valid_until";
    /** The Supabase CLI gives test codes this long too. */
    private static final int TEST_CODES_YEARS = 10;

    private final RemoteConfig remote;
    private final PolicyCheck policy;
    private final Map<String, String> recorded;
    private final List<ConfigChange> changes = new ArrayList<>();
    private final List<SettingChange> settings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<ConfigSection, SortedMap<String, JsonNode>> patches = new EnumMap<>(ConfigSection.class);
    private final SortedSet<String> hiddenKeys = new TreeSet<>();
    private final SortedSet<String> hiddenAfter = new TreeSet<>();
    private final SortedMap<String, String> secretFingerprints = new TreeMap<>();
    private final Map<String, DeclaredValue> byField = new LinkedHashMap<>();
    private final SortedSet<String> restarting = new TreeSet<>();

    ConfigComparison(RemoteConfig remote, DeployPolicy policy, Map<String, String> recorded) {
        this.remote = remote;
        this.policy = new PolicyCheck(policy);
        this.recorded = recorded;
        this.hiddenKeys.addAll(ConfigDrift.hiddenKeys(recorded));
        this.hiddenAfter.addAll(ConfigDrift.hiddenKeys(recorded));
    }

    void compare(DeclaredConfig declared, DeclaredSettings wanted) {
        Map<DeclaredValue, DeclaredSettings.Setting> names = new LinkedHashMap<>();
        wanted.settings().forEach(setting -> names.put(setting.value(), setting));
        List<DeclaredValue> all = new ArrayList<>(declared.values());
        all.addAll(names.keySet());
        all.forEach(value -> takeField(value, names));
        all.sort(Comparator.comparing((DeclaredValue value) -> value.key().section())
                .thenComparing(value -> value.key().key()));
        for (DeclaredValue value : all) {
            if (byField.get(field(value.key())) == value) {
                compare(value, names.get(value));
            }
        }
        completePatches();
        note(declared);
    }

    /** The same value in both files is no conflict. */
    private void takeField(DeclaredValue value, Map<DeclaredValue, DeclaredSettings.Setting> names) {
        DeclaredValue other = byField.putIfAbsent(field(value.key()), value);
        if (other != null && !value.key().type().same(value.value(), other.value())) {
            throw new DeliveryException(("%s (%s) and %s (%s) set the same thing of the project to different values. "
                    + "Nothing was changed. Keep one of them.")
                    .formatted(
                            name(other, names.get(other)),
                            other.origin(),
                            name(value, names.get(value)),
                            value.origin()));
        }
    }

    private static String name(DeclaredValue value, DeclaredSettings.Setting setting) {
        return setting == null ? value.key().key() : setting.name();
    }

    private static String field(ConfigKey key) {
        return key.section().label() + "." + key.field();
    }

    private void compare(DeclaredValue declared, DeclaredSettings.Setting setting) {
        ConfigKey key = declared.key();
        JsonNode has = remote.value(key.section(), key.field());
        // What a credential set is not shown either once the file says something else.
        boolean hidden = declared.isHidden() || hiddenKeys.contains(key.key());
        if (declared.isHidden()) {
            hiddenKeys.add(key.key());
            hiddenAfter.add(key.key());
        } else {
            hiddenAfter.remove(key.key());
        }
        String from = hidden || has.isNull() ? null : key.type().show(has);
        String to = hidden ? null : key.type().show(declared.value());
        String shown = name(declared, setting);
        policy.checkAddresses(declared, shown);
        if (isSame(declared, has)) {
            return;
        }
        boolean weakens = policy.checkWeakening(declared, has, shown, from, to);
        if (setting == null) {
            changes.add(new ConfigChange(key.section().label(), key.key(), from, to, hidden, weakens));
        } else {
            settings.add(new SettingChange(setting.name(), setting.sets(), from, hidden ? "****" : to));
        }
        if (key.restart()) {
            restarting.add(key.key());
        }
        patches.computeIfAbsent(key.section(), none -> new TreeMap<>()).put(key.field(), declared.value());
    }

    /** A secret is compared with the HMAC that the API shows, or with what was recorded where it shows none. */
    private boolean isSame(DeclaredValue declared, JsonNode has) {
        ConfigKey key = declared.key();
        boolean comparable = !key.secret() || key.type() instanceof ListTypes.Pairs;
        if (comparable) {
            return key.type().same(declared.value(), has);
        }
        if (has.asText("").isEmpty() || has.isNull()) {
            return false;
        }
        String value = declared.value().asText();
        if (Fingerprints.isHmac(has.asText())) {
            return has.asText().equals(Fingerprints.hmac(remote.projectRef(), value));
        }
        String before = recorded.get(key.key() + SALTED);
        boolean same = before != null && Fingerprints.matches(value, before);
        secretFingerprints.put(key.key() + SALTED, same ? before : Fingerprints.salted(value));
        return same;
    }

    /** @param value of the API, as a snapshot has it */
    void putBack(ConfigSection section, String field, JsonNode value) {
        JsonNode has = remote.value(section, field);
        RemoteField named = RemoteField.of(section, field);
        if (!ValueType.equal(has, value)) {
            changes.add(new ConfigChange(
                    section.label(), named.name(), named.show(has), named.show(value), false, false));
            patches.computeIfAbsent(section, none -> new TreeMap<>()).put(field, value);
        }
    }

    void putBackHidden(ConfigKey key, JsonNode value) {
        compare(new DeclaredValue(key, value, true, "a credential"), null);
    }

    /** Adds what the API wants in the same call: unchanged, or as it is declared. */
    void completePatches() {
        for (ConfigKey key : ConfigKeys.ALL.keys()) {
            SortedMap<String, JsonNode> patch = patches.get(key.section());
            if (patch != null && key.field() != null && patch.containsKey(key.field())) {
                for (String companion : key.with()) {
                    JsonNode value = companion(key.section(), companion);
                    if (!value.isNull()) {
                        patch.putIfAbsent(companion, value);
                    }
                }
            }
        }
        SortedMap<String, JsonNode> auth = patches.get(ConfigSection.AUTH);
        if (auth != null && auth.containsKey(TEST_CODES)) {
            OffsetDateTime end = OffsetDateTime.now(ZoneOffset.UTC).plusYears(TEST_CODES_YEARS);
            auth.put(TEST_CODES_END, TextNode.valueOf(end.truncatedTo(ChronoUnit.SECONDS).toString()));
        }
    }

    private JsonNode companion(ConfigSection section, String field) {
        DeclaredValue declared = byField.get(section.label() + "." + field);
        return declared == null ? remote.value(section, field) : declared.value();
    }

    private void note(DeclaredConfig declared) {
        if (!restarting.isEmpty()) {
            notes.add("Changing %s restarts the database.".formatted(String.join(", ", restarting)));
        }
        declared.majorVersion().ifPresent(version -> remote.majorVersion()
                .filter(has -> !has.equals(version))
                .ifPresent(has -> notes.add(("config.toml says db.major_version = %d, but the project runs "
                        + "PostgreSQL %d: "
                        + "what was tested locally is not what runs there.").formatted(version, has))));
    }

    List<ConfigChange> changes() {
        return changes;
    }

    List<SettingChange> settings() {
        return settings;
    }

    List<ConfigRefusal> refusals() {
        return policy.refusals();
    }

    List<String> notes() {
        return notes;
    }

    Map<ConfigSection, SortedMap<String, JsonNode>> patches() {
        return patches;
    }

    SortedSet<String> hiddenKeys() {
        return hiddenKeys;
    }

    SortedSet<String> hiddenAfter() {
        return hiddenAfter;
    }

    SortedMap<String, String> secretFingerprints() {
        return secretFingerprints;
    }
}
