package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.trace.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the values of {@code config.toml} into what they declare for a project. */
final class Declarations {
    private static final String TEST_CODES = "auth.sms.test_otp";

    private final TemplateFiles templates;
    private final VariableReader variables;
    private final Map<String, TomlEntry> entries = new LinkedHashMap<>();
    private final List<DeclaredValue> values = new ArrayList<>();

    Declarations(Path supabaseFolder, VariableReader variables) {
        this.templates = new TemplateFiles(supabaseFolder);
        this.variables = variables;
    }

    DeclaredConfig of(TomlEntries file, String projectRef) {
        Collection<TomlEntry> merged = file.forProject(projectRef, this::text);
        merged.forEach(entry -> entries.put(entry.key(), entry));
        gatherTestCodes(merged);
        Gates gates = new Gates(entries, variables);
        for (ConfigKey key : ConfigKeys.ALL.keys()) {
            TomlEntry entry = entries.get(key.key());
            if (entry != null && entry.value() != null && gates.lets(key)) {
                declare(key, entry);
            }
        }
        List<DeclaredBucket> buckets = new Buckets(merged, variables).read();
        variables.requireAll();
        List<Finding> findings = new FileFindings(file.everything()).find(merged);
        findings.addAll(gates.findings());
        return new DeclaredConfig(values, buckets, findings, file.applied(), majorVersion());
    }

    private String text(TomlEntry entry) {
        return variables.resolve(entry).map(resolved -> String.valueOf(resolved.value())).orElse("");
    }

    /** The table's keys are telephone numbers: together they are one value. */
    private void gatherTestCodes(Collection<TomlEntry> merged) {
        Map<String, Object> codes = new LinkedHashMap<>();
        List<String> table = List.of(TEST_CODES.split("\\."));
        for (TomlEntry entry : merged) {
            if (entry.isIn(table)) {
                variables.resolve(entry).ifPresent(code -> codes.put(entry.path().get(table.size()), code.value()));
                entries.putIfAbsent(TEST_CODES, new TomlEntry(table, codes, entry.line()));
            }
        }
    }

    private void declare(ConfigKey key, TomlEntry entry) {
        Optional<VariableReader.Resolved> resolved = variables.resolve(entry);
        if (resolved.isEmpty() || (key.secret() && "".equals(resolved.get().value()))) {
            return;
        }
        Object value = resolved.get().value();
        if (value instanceof String text && text.startsWith("encrypted:")) {
            throw wrong(key, entry, "holds an encrypted value, which only the Supabase CLI with its private key reads",
                    "Write env(NAME) and give the value by a credential.");
        }
        Optional<JsonNode> encoded;
        try {
            boolean isFile = key.type() instanceof SpecialTypes.Content;
            encoded = key.type().encode(isFile ? templates.read(key, entry, value) : value);
        } catch (IllegalArgumentException e) {
            String variable = resolved.get().variable();
            throw wrong(key, entry, (variable == null ? "" : "(from " + variable + ") ") + "must be "
                    + key.type().expected(), "Correct " + (variable == null ? "the file." : "the variable."));
        }
        String origin = DeclaredConfig.FILE + " line " + entry.line();
        encoded.ifPresent(api -> values.add(new DeclaredValue(key, api, resolved.get().hidden(), origin)));
    }

    static DeliveryException wrong(ConfigKey key, TomlEntry entry, String what, String next) {
        return wrong(key.key(), entry, what, next);
    }

    static DeliveryException wrong(String key, TomlEntry entry, String what, String next) {
        return new DeliveryException("%s line %d: %s %s. Nothing was changed. %s"
                .formatted(DeclaredConfig.FILE, entry.line(), key, what, next));
    }

    private Long majorVersion() {
        TomlEntry entry = entries.get("db.major_version");
        return entry != null && entry.value() instanceof Long version ? version : null;
    }
}
