package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code supabase/environments.yml} wants of one environment, beside {@code config.toml}. */
public final class DeclaredSettings {
    public static final DeclaredSettings NONE = new DeclaredSettings(List.of(), Map.of(), List.of());

    /** How messages call the file: as it is named in a release, wherever that is unpacked. */
    static final String FILE = "supabase/environments.yml";

    private final List<Setting> settings;
    private final SortedMap<String, SecretText> functionSecrets;
    private final List<String> notes;

    DeclaredSettings(List<Setting> settings, Map<String, SecretText> functionSecrets, List<String> notes) {
        this.settings = List.copyOf(settings);
        this.functionSecrets = new TreeMap<>(functionSecrets);
        this.notes = List.copyOf(notes);
    }

    /**
     * @param supabaseFolder that holds {@code environments.yml}; {@link #NONE} where there is none
     * @throws DeliveryException where the file is not as its schema wants it, for whatever environment; a variable is
     *                           not set; or {@code supabase_url} is not the environment's
     */
    public static DeclaredSettings read(Path supabaseFolder, Environment environment, Variables variables) {
        Path file = supabaseFolder.resolve("environments.yml");
        if (!Files.exists(file)) {
            return NONE;
        }
        YamlNode root = YamlTree.read(Text.read(file, FILE), FILE);
        return new EnvironmentsFile(root, variables).of(environment);
    }

    /**
     * @param name in the file, such as {@code max_connections}
     * @param sets such as {@code pooler.default_pool_size}
     */
    record Setting(String name, String sets, DeclaredValue value) {}

    List<Setting> settings() {
        return settings;
    }

    /** @return whether it has a value that reaches a hosted project */
    public boolean declaresAnything() {
        return !settings.isEmpty();
    }

    /** @return function secrets that the file sets, by name, such as {@code DEBUG} */
    public SortedMap<String, SecretText> functionSecrets() {
        return Collections.unmodifiableSortedMap(functionSecrets);
    }

    /** @return what a reader should know, such as that the file says nothing of the environment */
    public List<String> notes() {
        return notes;
    }

    /** Only names. */
    @Override
    public String toString() {
        return "DeclaredSettings" + settings.stream().map(Setting::name).toList() + functionSecrets.keySet();
    }
}
