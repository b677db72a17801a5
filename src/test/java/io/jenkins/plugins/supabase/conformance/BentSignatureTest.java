package io.jenkins.plugins.supabase.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The comparison must see every way to bend a signature: each case compiles a bent type against a true list. */
class BentSignatureTest {
    private static final String LIST =
            """
            # sample.jar
            public abstract class real.Base extends java.lang.Object
              C protected <init>()V
              M public final inherited()V
            public abstract class real.Sample extends real.Base implements java.io.Serializable sig=<T:Ljava/lang/Object;>Lreal/Base;Ljava/io/Serializable;
              F public static final LIMIT I = 10
              F public static final NAME Ljava/lang/String; = "a \\"name\\""
              F protected final items Ljava/util/List; sig=Ljava/util/List<TT;>; @NonNull
              C public varargs <init>([Ljava/lang/String;)V
              M public hidden()V @Restricted(NoExternalUse.class)
              M public static of(Ljava/lang/Object;)Lreal/Sample; sig=<T:Ljava/lang/Object;>(TT;)Lreal/Sample<TT;>; @Nullable
              M public old()V @Deprecated
              M public abstract read()Ljava/lang/String; throws java.io.IOException
            public @interface real.Mark extends java.lang.annotation.Annotation @Documented @Retention(RUNTIME) @Target({TYPE,METHOD})
              M public abstract name()Ljava/lang/String; default="x"
              M public abstract value()[Ljava/lang/String;
            """;
    private static final String BASE = "package real; public abstract class Base { protected Base() {} }";
    private static final String SAMPLE =
            """
            package real;
            public abstract class Sample<T> extends Base implements java.io.Serializable {
                public static final int LIMIT = 10;
                public static final String NAME = "a \\"name\\"";
                protected final java.util.List<T> items = null;
                public Sample(String... names) {}
                public static <T> Sample<T> of(T item) { return null; }
                public abstract String read() throws java.io.IOException;
                @Override public String toString() { return ""; }
            }
            """;
    private static final String MARK =
            """
            package real;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.RUNTIME) @Target({ElementType.TYPE, ElementType.METHOD})
            public @interface Mark {
                String name() default "x";
                String[] value();
            }
            """;

    /** Shared, because it reads the JDK's own classes only once. */
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    @TempDir
    private Path directory;

    @Test
    void trueDeclarationsPass() throws Exception {
        assertThat(differences(BASE, SAMPLE, MARK)).isEmpty();
    }

    @Test
    void bentTypeModifiers() throws Exception {
        assertThat(differences(BASE.replace("abstract ", ""))).anyMatch(line -> line.contains("modifiers"));
    }

    @Test
    void bentTypeParameters() throws Exception {
        String bounded = "package real; public abstract class Sample<T extends Number> extends Thread {}";
        assertThat(differences(bounded)).anyMatch(line -> line.contains("type parameters"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class Sample<T> extends Base         | class Sample<T> extends Thread           | extends java.lang.Thread",
                "implements java.io.Serializable      | implements Runnable                      | implements java.lang.Runnable",
                "LIMIT = 10                           | LIMIT = 11                               | LIMIT constant",
                "LIMIT = 10                           | LIMIT = Integer.parseInt(\"10\")         | LIMIT constant",
                "int LIMIT                            | long LIMIT                               | LIMIT: declared J",
                "static final int                     | static int                               | LIMIT modifiers",
                "protected final java.util.List<T>    | protected final java.util.List<String>   | items generic signature",
                "protected final java.util.List<T>    | public final java.util.List<T>           | items modifiers",
                "Sample(String... names)              | Sample(String[] names)                   | modifiers",
                "public Sample(String... names) {}    | public Sample() {}                       | <init>()V: no such member",
                "static <T> Sample<T> of(T item)      | static <T> Sample<?> of(T item)          | generic signature",
                "static <T> Sample<T> of(T item)      | static <T> Sample<T> of(String item)     | no such member",
                "public static <T> Sample<T> of       | public <T> Sample<T> of                  | modifiers",
                "String read() throws                 | int read() throws                        | no such member",
                "read() throws java.io.IOException    | read()                                   | exceptions",
                "public abstract String read()        | protected abstract String read()         | modifiers",
                "@Override public String toString()   | public void inherited() {} String x()    | no such member",
                "@Override public String toString()   | public void invented() {} String x()     | no such member",
                "@Override public String toString()   | public void hidden() {} String x()       | not for plugins",
                "@Override public String toString()   | public void old() {} String x()          | @Deprecated",
                "package real;                        | package unreal;                          | no such type",
            })
    void bentClass(String truth, String bent, String difference) throws Exception {
        assertThat(SAMPLE).contains(truth);
        String base = BASE.replace("package real;", "package real; ");
        String source = SAMPLE.replace(truth, bent).replace("extends Base", "extends real.Base");
        assertThat(differences(base, source)).anyMatch(line -> line.contains(difference));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RetentionPolicy.RUNTIME  | RetentionPolicy.CLASS | meta annotations",
                "{ElementType.TYPE,       | {ElementType.FIELD,   | meta annotations",
                "default \"x\"            | default \"y\"         | default",
                "default \"x\"            | ''                    | default",
                "String[] value();        | ''                    | has no default",
                "public @interface Mark   | public interface Mark | kind",
            })
    void bentAnnotation(String truth, String bent, String difference) throws Exception {
        assertThat(MARK).contains(truth);
        String source = MARK.replace(truth, bent);
        if (bent.contains("public interface")) {
            source = "package real; public interface Mark {}";
        }
        assertThat(differences(source)).anyMatch(line -> line.contains(difference));
    }

    @Test
    void anUnimplementedMethodOfTheRealTypeIsSeen() throws Exception {
        String sample = SAMPLE.replaceAll("public abstract String read.*\n", "");
        String lazy = "package mine; public class Lazy extends real.Sample<String> {}";
        List<ClassNode> mine = compile(BASE, sample, lazy).stream()
                .map(ClassReader::new)
                .map(reader -> {
                    ClassNode node = new ClassNode();
                    reader.accept(node, ClassReader.SKIP_CODE);
                    return node;
                })
                .filter(node -> node.name.startsWith("mine/"))
                .toList();

        assertThat(AbstractMethods.leftOpen(mine, SignatureList.read(LIST.lines().toList())))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("mine.Lazy", "read()Ljava/lang/String;", "real.Sample");
    }

    private List<String> differences(String... sources) throws Exception {
        List<TypeSignature> declared = compile(sources).stream().map(ClassFile::read).toList();
        return Conformance.differences(declared, SignatureList.read(LIST.lines().toList()));
    }

    private List<byte[]> compile(String... sources) throws Exception {
        List<Path> written = new ArrayList<>();
        for (int i = 0; i < sources.length; i++) {
            String name = sources[i].replaceAll("(?s).*?(?:class|interface) (\\w+).*", "$1");
            Path file = Files.createDirectories(directory.resolve("source" + i)).resolve(name + ".java");
            written.add(Files.writeString(file, sources[i]));
        }
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(directory));
        boolean compiled = JAVAC.getTask(
                        null, FILES, null, List.of("-proc:none"), null, FILES.getJavaFileObjectsFromPaths(written))
                .call();
        assertThat(compiled).as("the bent source compiles").isTrue();

        List<byte[]> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                classes.add(Files.readAllBytes(file));
            }
        }
        return classes;
    }
}
