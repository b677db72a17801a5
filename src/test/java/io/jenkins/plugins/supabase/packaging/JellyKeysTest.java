package io.jenkins.plugins.supabase.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The texts of pages, <code>${%key}</code>. One that ends with a closing parenthesis is taken apart: what is before the
 * first opening one is the key, what is between is arguments, separated by commas.
 */
class JellyKeysTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern TEXT = Pattern.compile("\\$\\{%([^}]*)}");
    private static final Pattern WITH_ARGUMENTS = Pattern.compile("([A-Za-z][A-Za-z0-9]*)\\((.+)\\)");
    private static final Pattern LOOKS_LIKE_A_KEY = Pattern.compile("[a-z]+([A-Z][a-z0-9]*)+");

    @Test
    void noLabelHasParentheses() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            for (String text : texts(page)) {
                boolean parentheses = text.contains("(") || text.contains(")");
                if (parentheses && !WITH_ARGUMENTS.matcher(text).matches()) {
                    wrong.add(page + ": " + text);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyKeyHasItsTextBesideThePage() throws IOException {
        Set<String> known = new HashSet<>();
        for (Path page : pages()) {
            known.addAll(properties(page).stringPropertyNames());
        }
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            Properties texts = properties(page);
            for (String text : texts(page)) {
                Matcher called = WITH_ARGUMENTS.matcher(text);
                boolean arguments = called.matches();
                String key = arguments ? called.group(1) : text;
                boolean plain = !arguments && !known.contains(key) && !LOOKS_LIKE_A_KEY.matcher(key).matches();
                if (!plain && !texts.containsKey(key)) {
                    missing.add(page + ": " + key);
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyTextIsUsedWithAsManyArgumentsAsItHasPlaces() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            Properties texts = properties(page);
            for (String key : texts.stringPropertyNames()) {
                int places = new MessageFormat(texts.getProperty(key)).getFormatsByArgumentIndex().length;
                if (texts(page).stream().noneMatch(text -> key.equals(key(text)) && arguments(text) == places)) {
                    wrong.add(page + ": " + key + " with " + places);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static String key(String text) {
        Matcher called = WITH_ARGUMENTS.matcher(text);
        return called.matches() ? called.group(1) : text;
    }

    /** Those of a call within an argument would count as this one's, as they do in Jenkins. */
    private static int arguments(String text) {
        Matcher called = WITH_ARGUMENTS.matcher(text);
        return called.matches() ? called.group(2).split(",").length : 0;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".jelly")).toList();
            assertThat(pages).isNotEmpty();
            return pages;
        }
    }

    private static List<String> texts(Path page) throws IOException {
        return TEXT.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
    }

    /** @return empty where the page has none */
    private static Properties properties(Path page) throws IOException {
        Properties properties = new Properties();
        Path file = page.resolveSibling(page.getFileName().toString().replace(".jelly", ".properties"));
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties;
    }
}
