package io.jenkins.plugins.supabase.local.runner.casc;

import hudson.util.Secret;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Items;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Mapping;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Text;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentials;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads {@code credentials.system.domainCredentials}. */
final class CredentialsReader {
    private static final String PATH = "credentials.system.domainCredentials";
    private static final Map<String, Set<String>> KINDS = Map.of(
            "string", Set.of("scope", "id", "description", "secret"),
            "usernamePassword", Set.of("scope", "id", "description", "username", "password", "usernameSecret"),
            "file", Set.of("scope", "id", "description", "fileName", "secretBytes"));

    private final Variables variables;
    private final Consumer<String> notes;
    private final List<LocalCredentials> found = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    CredentialsReader(Variables variables, Consumer<String> notes) {
        this.variables = variables;
        this.notes = notes;
    }

    List<LocalCredentials> read(YamlNode credentials) throws CascException {
        Mapping root = mapping(credentials, "credentials");
        refuseUnknown(root, Set.of("system"), "credentials");
        if (root.get("system") == null) {
            return found;
        }
        Mapping system = mapping(root.get("system"), "credentials.system");
        refuseUnknown(system, Set.of("domainCredentials"), "credentials.system");
        List<YamlNode> domains = items(system.get("domainCredentials"), PATH);
        for (int i = 0; i < domains.size(); i++) {
            String path = PATH + "[" + i + "]";
            Mapping domain = mapping(domains.get(i), path);
            refuseUnknown(domain, Set.of("domain", "credentials"), path);
            List<YamlNode> entries = items(domain.get("credentials"), path + ".credentials");
            for (int j = 0; j < entries.size(); j++) {
                read(entries.get(j), path + ".credentials[" + j + "]");
            }
        }
        return found;
    }

    private void read(YamlNode entry, String path) throws CascException {
        Mapping wrapper = mapping(entry, path);
        if (wrapper.keys().size() != 1) {
            throw new CascException(
                    wrapper.place(), path + " takes one kind of credentials, but there are " + wrapper.keys());
        }
        String kind = wrapper.keys().iterator().next();
        Set<String> fields = KINDS.get(kind);
        Mapping mapping = mapping(wrapper.get(kind), path + "." + kind);
        if (fields == null) {
            ignore(kind, mapping, wrapper, path);
            return;
        }
        refuseUnknown(mapping, fields, path + "." + kind);
        LocalCredentials credentials = credentials(kind, mapping, path + "." + kind);
        if (!ids.add(credentials.id())) {
            throw new CascException(
                    mapping.place(), path + ": there are two credentials with the id '" + credentials.id() + "'");
        }
        found.add(credentials);
    }

    private void ignore(String kind, Mapping mapping, Mapping wrapper, String path) throws CascException {
        String nearest = NearestName.of(kind, KINDS.keySet()).orElse(null);
        if (nearest != null) {
            throw new CascException(
                    wrapper.keyPlace(kind),
                    path + ": there are no credentials of the kind '" + kind + "'; did you mean '" + nearest + "'?");
        }
        notes.accept("The credentials '" + text(mapping, "id") + "' of the kind '" + kind + "' are ignored ("
                + wrapper.place() + "): only string, usernamePassword and file are read");
    }

    private LocalCredentials credentials(String kind, Mapping mapping, String path) throws CascException {
        String id = text(mapping, "id");
        if (id.isEmpty()) {
            throw new CascException(mapping.place(), path + " has no id, so nothing can refer to it");
        }
        String description = text(mapping, "description");
        return switch (kind) {
            case "string" -> new LocalCredentials.Text(id, description, secret(mapping, "secret"));
            case "usernamePassword" ->
                new LocalCredentials.UsernamePassword(
                        id, description, text(mapping, "username"), secret(mapping, "password"));
            default -> new LocalCredentials.File(id, description, fileName(mapping, path), base64(mapping, path));
        };
    }

    private String fileName(Mapping mapping, String path) throws CascException {
        String name = text(mapping, "fileName");
        if (name.isBlank() || name.contains("/") || name.equals("..")) {
            throw new CascException(mapping.place(), path + ".fileName is the name of a file without a folder");
        }
        return name;
    }

    private Secret base64(Mapping mapping, String path) throws CascException {
        Secret secret = secret(mapping, "secretBytes");
        try {
            Base64.getDecoder().decode(secret.getPlainText());
        } catch (IllegalArgumentException e) {
            throw new CascException(mapping.place(), path + ".secretBytes is not Base64");
        }
        return secret;
    }

    private Secret secret(Mapping mapping, String key) throws CascException {
        return Secret.fromString(text(mapping, key, variables::resolveSecret));
    }

    private String text(Mapping mapping, String key) throws CascException {
        return text(mapping, key, variables::resolve);
    }

    private static String text(Mapping mapping, String key, Resolution resolution) throws CascException {
        YamlNode node = mapping.get(key);
        if (node == null) {
            return "";
        }
        if (!(node instanceof Text text)) {
            throw new CascException(node.place(), "'" + key + "' takes a single value");
        }
        return text.text() == null ? "" : resolution.of(text.text(), text.place());
    }

    /** How the variables of a text are replaced. */
    private interface Resolution {
        String of(String text, String place) throws CascException;
    }

    private static List<YamlNode> items(YamlNode node, String path) throws CascException {
        if (node == null || node instanceof Text text && text.text() == null) {
            return List.of();
        }
        if (node instanceof Items items) {
            return items.items();
        }
        throw new CascException(node.place(), path + " takes a list");
    }

    private static Mapping mapping(YamlNode node, String path) throws CascException {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        throw new CascException(node.place(), path + " takes keys and values");
    }

    private static void refuseUnknown(Mapping mapping, Set<String> known, String path) throws CascException {
        for (String key : mapping.keys()) {
            if (!known.contains(key)) {
                throw new CascException(
                        mapping.keyPlace(key),
                        path + " has no '" + key + "', only " + String.join(", ", new TreeSet<>(known))
                                + NearestName.hint(key, known));
            }
        }
    }
}
