package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.file.Path;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads a TOML file; a complaint names the line and the column. */
public final class TomlFile {
    private static final int LONGEST_REASON = 200;

    private TomlFile() {}

    /**
     * @param shown how messages call the file
     * @throws DeliveryException where it cannot be read or does not parse
     */
    public static TomlTable read(Path file, String shown) {
        TomlParseResult toml = Toml.parse(Text.read(file, shown));
        if (toml.hasErrors()) {
            throw syntaxError(shown, toml.errors());
        }
        return toml;
    }

    private static DeliveryException syntaxError(String shown, List<TomlParseError> errors) {
        TomlParseError first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (%d errors in all)".formatted(errors.size());
        return new DeliveryException("%s does not parse: line %d, column %d: %s%s. Nothing was changed. Correct the file."
                .formatted(
                        shown,
                        first.position().line(),
                        first.position().column(),
                        oneLine(first.getMessage()),
                        more));
    }

    private static String oneLine(String message) {
        String text = message.strip().replaceAll("\\s+", " ");
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}
