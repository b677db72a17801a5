package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/** A destination as an administrator wrote it down: blank means "not set". Travels to the agent inside a request. */
public sealed interface DestinationSettings extends Serializable permits FolderSettings, S3Settings {
    String name();

    /** @return a label for where it is, such as {@code eu-central-1}; null where none was given */
    String region();

    /** @return what is wrong, in the order of the fields; empty when the destination can be used */
    List<SettingProblem> problems();

    /**
     * @return the destination; it is not asked yet whether it is there
     * @throws IllegalArgumentException naming the destination, the field and the reason of the first problem
     */
    default Destination open() {
        for (SettingProblem problem : problems()) {
            throw new IllegalArgumentException("The destination \"" + (name() == null ? "" : name())
                    + "\" is not usable: " + problem.describe());
        }
        return opened();
    }

    /** What {@link #open()} does when there is no problem. */
    Destination opened();

    /** @return a sentence with the way out, or null when the name can be used */
    static String nameProblem(String name) {
        if (name == null) {
            return "A destination needs a name, such as archive.";
        }
        return Pattern.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name)
                ? null
                : "\"" + name + "\" is not a usable name: it starts with a letter or digit and has up to 64 letters,"
                        + " digits, dots, hyphens and underscores.";
    }

    static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
