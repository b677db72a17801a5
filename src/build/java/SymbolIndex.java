import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes {@code META-INF/services/annotations/org.jenkinsci.Symbol}: the binary names of the classes that carry
 * {@code @Symbol}, one a line, in UTF-8. Jenkins' own build has an annotation processor do this
 * (org.jenkins-ci:annotation-indexer), which Maven Central does not serve.
 *
 * <p>Run by pom.xml straight from source, with the compiled classes on the class path:
 * {@code java -cp ... SymbolIndex.java target/classes io/jenkins/plugins/supabase}.
 */
class SymbolIndex {
    private static final String ANNOTATION = "org.jenkinsci.Symbol";

    public static void main(String[] arguments) throws Exception {
        Path classes = Path.of(arguments[0]);
        List<String> symbols;
        try (Stream<Path> files = Files.walk(classes.resolve(arguments[1]))) {
            symbols = files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(SymbolIndex::hasSymbol)
                    .sorted()
                    .toList();
        }
        write(classes.resolve("META-INF/services/annotations/" + ANNOTATION), symbols);
    }

    private static boolean hasSymbol(String className) {
        try {
            Class<?> type = Class.forName(className, false, SymbolIndex.class.getClassLoader());
            for (Annotation annotation : type.getDeclaredAnnotations()) {
                if (annotation.annotationType().getName().equals(ANNOTATION)) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(className + " is not on the class path", e);
        }
    }

    private static void write(Path index, List<String> lines) throws IOException {
        Files.createDirectories(index.getParent());
        Files.write(index, lines);
    }
}
