package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.TomlFile;
import io.jenkins.plugins.supabase.core.trace.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code config.toml} declares for one project, and what it says that does not get there. */
public final class DeclaredConfig {
    /** How messages call the file: as it is named in a release, wherever that is unpacked. */
    static final String FILE = "supabase/config.toml";

    private final List<DeclaredValue> values;
    private final List<DeclaredBucket> buckets;
    private final List<Finding> findings;
    private final String remote;
    private final Long majorVersion;

    DeclaredConfig(
            List<DeclaredValue> values,
            List<DeclaredBucket> buckets,
            List<Finding> findings,
            String remote,
            Long majorVersion) {
        this.values = List.copyOf(values);
        this.buckets = List.copyOf(buckets);
        this.findings = List.copyOf(findings);
        this.remote = remote;
        this.majorVersion = majorVersion;
    }

    /**
     * @param supabaseFolder that holds {@code config.toml}; declares nothing where there is none
     * @param projectRef     whose {@code [remotes.<name>]} counts
     * @throws DeliveryException where the file does not parse, a value has the wrong type, a variable that is needed is
     *                           not set, two remotes are of one project, or an e-mail template is missing
     */
    public static DeclaredConfig read(Path supabaseFolder, String projectRef, Variables variables) {
        Path file = supabaseFolder.resolve("config.toml");
        if (!Files.exists(file)) {
            return new DeclaredConfig(List.of(), List.of(), List.of(), null, null);
        }
        TomlEntries entries = new TomlEntries(TomlFile.read(file, FILE), FILE);
        return new Declarations(supabaseFolder, new VariableReader(variables)).of(entries, projectRef);
    }

    List<DeclaredValue> values() {
        return values;
    }

    /** @return whether it has a value that reaches a hosted project */
    public boolean declaresAnything() {
        return !values.isEmpty();
    }

    /** @return the schemas that the Data API shall serve; empty where the file does not say */
    public Set<String> exposedSchemas() {
        return values.stream()
                .filter(value -> value.key().key().equals("api.schemas"))
                .flatMap(value -> Arrays.stream(value.value().asText().split(",")))
                .map(String::strip)
                .filter(schema -> !schema.isEmpty())
                .collect(Collectors.toSet());
    }

    /** @return by name */
    public List<DeclaredBucket> buckets() {
        return buckets;
    }

    /** @return about the file itself: misspelt keys, literal secrets, keys that do nothing in a hosted project */
    public List<Finding> findings() {
        return findings;
    }

    /** @return the {@code <name>} of the {@code [remotes.<name>]} that counts for the project */
    public Optional<String> remote() {
        return Optional.ofNullable(remote);
    }

    /** @return {@code db.major_version}, which must fit and cannot be changed */
    Optional<Long> majorVersion() {
        return Optional.ofNullable(majorVersion);
    }
}
