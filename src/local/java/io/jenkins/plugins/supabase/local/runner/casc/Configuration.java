package io.jenkins.plugins.supabase.local.runner.casc;

import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Mapping;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;

/** Applies files that configure a controller through JCasC: the plugin's own part of them, and the credentials. */
public final class Configuration {
    private static final Set<String> READ = Set.of("credentials", "unclassified");

    private final Variables variables;
    private final Consumer<String> notes;
    private final List<LocalCredentials> credentials = new ArrayList<>();

    /** @param notes takes a line for each thing that is ignored or missing */
    public Configuration(Map<String, String> environment, Consumer<String> notes) {
        this.variables = new Variables(environment, notes);
        this.notes = notes;
    }

    /** Configures the plugin. Parts of a file that concern other plugins are named and ignored. */
    public void apply(Iterable<Path> files) throws CascException {
        YamlNode merged = null;
        for (Path file : CascFiles.expand(files)) {
            YamlNode read = YamlReader.read(file);
            merged = merged == null ? read : YamlNode.merged(merged, read);
        }
        if (merged == null) {
            return;
        }
        if (!(merged instanceof Mapping root)) {
            throw new CascException(merged.place(), "expected keys and values, such as unclassified and credentials");
        }
        Set<String> ignored = new TreeSet<>(root.keys());
        ignored.removeAll(READ);
        ignored.removeIf(key -> key.startsWith("x-"));
        if (root.get("credentials") != null) {
            credentials.addAll(new CredentialsReader(variables, notes).read(root.get("credentials")));
        }
        if (root.get("unclassified") instanceof Mapping unclassified) {
            configure(unclassified, ignored);
        }
        if (!ignored.isEmpty()) {
            notes.accept(
                    "Ignored in the configuration, because it concerns a controller: " + String.join(", ", ignored));
        }
    }

    public List<LocalCredentials> credentials() {
        return credentials;
    }

    /** @return the environment variables that secrets were made of */
    public Set<String> secretVariables() {
        return variables.secret();
    }

    private void configure(Mapping unclassified, Set<String> ignored) throws CascException {
        Map<String, GlobalConfiguration> known = new LinkedHashMap<>();
        for (GlobalConfiguration configuration : GlobalConfiguration.all()) {
            Symbol symbol = configuration.getClass().getAnnotation(Symbol.class);
            if (symbol != null) {
                known.put(symbol.value()[0], configuration);
            }
        }
        NodeBinder binder = new NodeBinder(variables);
        for (String key : unclassified.keys()) {
            String path = "unclassified." + key;
            if (known.containsKey(key)) {
                binder.configure(known.get(key), mapping(unclassified.get(key), path), path);
            } else if (NearestName.of(key, known.keySet()).isPresent()) {
                throw new CascException(
                        unclassified.keyPlace(key),
                        "there is no '" + path + "'" + NearestName.hint(key, known.keySet()));
            } else {
                ignored.add(path);
            }
        }
    }

    private static Mapping mapping(YamlNode node, String path) throws CascException {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        throw new CascException(node.place(), path + " takes keys and values");
    }
}
