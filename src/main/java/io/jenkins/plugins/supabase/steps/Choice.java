package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An argument that is one of a few words. */
final class Choice {
    private Choice() {}

    /**
     * @param word what a Jenkinsfile calls each
     * @throws AbortException naming what there is to choose from
     */
    static <E extends Enum<E>> E of(
            String step, String argument, String given, Class<E> type, Function<E, String> word)
            throws AbortException {
        List<E> all = Arrays.asList(type.getEnumConstants());
        for (E one : all) {
            if (word.apply(one).equals(given)) {
                return one;
            }
        }
        List<String> words = all.stream().map(word).toList();
        String hint = NearestName.hint(given, words);
        throw new AbortException(step + " was given " + argument + ": '" + given + "', which is none of "
                + words.stream().map(known -> "'" + known + "'").collect(Collectors.joining(", "))
                + (hint.isEmpty() ? "." : hint) + " Nothing was done.");
    }
}
