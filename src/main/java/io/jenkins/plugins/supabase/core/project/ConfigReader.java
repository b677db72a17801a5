package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.ProjectConfig.FunctionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code supabase/config.toml}; every complaint names the line and the column. */
final class ConfigReader {
    private final String shown;
    private final Path file;

    ConfigReader(ProjectFolder folder) {
        this.file = folder.supabase().resolve("config.toml");
        this.shown = folder.nameOf(file);
    }

    ProjectConfig read() {
        if (!Files.exists(file)) {
            return ProjectConfig.NONE;
        }
        TomlTable toml = TomlFile.read(file, shown);
        return new ProjectConfig(
                value(toml, "project_id", String.class, "a text"),
                !Boolean.FALSE.equals(migrationsEnabled(toml)),
                functions(toml));
    }

    private Boolean migrationsEnabled(TomlTable toml) {
        TomlTable database = value(toml, "db", TomlTable.class, "a table");
        TomlTable migrations = database == null ? null : value(database, "migrations", TomlTable.class, "a table");
        return migrations == null ? null : value(migrations, "enabled", Boolean.class, "true or false");
    }

    private Map<String, FunctionSettings> functions(TomlTable toml) {
        Map<String, FunctionSettings> functions = new LinkedHashMap<>();
        TomlTable tables = value(toml, "functions", TomlTable.class, "a table");
        if (tables != null) {
            for (String slug : tables.keySet()) {
                functions.put(slug, function(value(tables, slug, TomlTable.class, "a table of the function's settings")));
            }
        }
        return functions;
    }

    private FunctionSettings function(TomlTable table) {
        return new FunctionSettings(
                !Boolean.FALSE.equals(value(table, "enabled", Boolean.class, "true or false")),
                value(table, "verify_jwt", Boolean.class, "true or false"),
                textOrNull(table, "entrypoint"),
                textOrNull(table, "import_map"),
                texts(table, "static_files"));
    }

    private String textOrNull(TomlTable table, String key) {
        String text = value(table, key, String.class, "a text");
        return text == null || text.isBlank() ? null : text;
    }

    private List<String> texts(TomlTable table, String key) {
        TomlArray array = value(table, key, TomlArray.class, "a list of texts");
        List<String> texts = new ArrayList<>();
        for (int i = 0; array != null && i < array.size(); i++) {
            if (!(array.get(i) instanceof String text)) {
                throw wrongType(array.inputPositionOf(i), key, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    private <T> T value(TomlTable table, String key, Class<T> type, String expected) {
        Object value = table.get(List.of(key));
        if (value != null && !type.isInstance(value)) {
            throw wrongType(table.inputPositionOf(List.of(key)), key, expected);
        }
        return type.cast(value);
    }

    private DeliveryException wrongType(TomlPosition position, String key, String expected) {
        return new DeliveryException("%s line %d, column %d: %s must be %s. Nothing was changed. Correct the file."
                .formatted(shown, position.line(), position.column(), key, expected));
    }
}
