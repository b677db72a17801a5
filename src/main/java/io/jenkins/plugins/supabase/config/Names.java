package io.jenkins.plugins.supabase.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names that a form shows in one text field, and a Jenkinsfile or a configuration file as a list. */
public final class Names {
    private Names() {}

    /**
     * @param given null where none were given; a form sends all names in one text, an empty field as one blank name
     * @return null where none were given; an empty list only where the given one was empty
     */
    public static ArrayList<String> of(List<String> given) {
        return split(given, "[,\\s]+");
    }

    /** Like {@link #of}, for names with spaces in them, such as those of groups. */
    public static ArrayList<String> withSpaces(List<String> given) {
        return split(given, "[,\\r\\n]+");
    }

    /** Like {@link #of}, for a text of lines. */
    public static ArrayList<String> lines(List<String> given) {
        return split(given, "[\\r\\n]+");
    }

    private static ArrayList<String> split(List<String> given, String separator) {
        if (given == null) {
            return null;
        }
        List<String> names = given.stream()
                .filter(name -> name != null)
                .flatMap(name -> Arrays.stream(name.split(separator)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return names.isEmpty() && !given.isEmpty() ? null : new ArrayList<>(names);
    }

    /** For the form, which has one field for all names. */
    public static String text(List<String> names) {
        return names == null ? "" : String.join(", ", names);
    }
}
