package io.jenkins.plugins.supabase.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers of the house: steps, dashboard, monitor -> approval -> pages -> config -> core. */
class ArchitectureTest {
    private static final String PLUGIN = "io.jenkins.plugins.supabase.";
    private static final String CORE = PLUGIN + "core.";
    private static final String LOCAL = PLUGIN + "local..";
    private static final int LONGEST_FILE = 400;

    /** What the rest of core is built on. */
    private static final String[] FOUNDATION = {
        CORE + "environment..",
        CORE + "project..",
        CORE + "management..",
        CORE + "postgres..",
        CORE + "blob..",
        CORE + "operation.."
    };

    private static final String[] ENTRANCES = {
        PLUGIN + "steps..", PLUGIN + "dashboard..", PLUGIN + "monitor.."
    };

    /** The last five are parts of Jenkins too: libraries that its core hands on to plugins, and Mailer the last. */
    private static final String[] JENKINS = {
        "hudson..",
        "jenkins..",
        "org.jenkinsci..",
        "org.kohsuke..",
        "com.cloudbees..",
        // A return type of a step's context.
        "com.google.common.util.concurrent..",
        "net.sf.json..",
        "org.jvnet.localizer..",
        "org.springframework.security..",
        "jakarta.servlet..",
        "jakarta.mail.."
    };

    private static final String[] LIBRARIES = {
        "java..",
        "javax.crypto..",
        "javax.net..",
        "okhttp3..",
        "okio..",
        "kotlin..",
        "com.fasterxml.jackson..",
        "org.postgresql..",
        "org.tomlj..",
        "com.exceptionfactory.jagged..",
        "com.github.luben.zstd..",
        // Of the module jdk.unsupported, which every Java has that is not cut down.
        "com.sun.nio.file..",
        "org.conscrypt..",
        "io.opentelemetry..",
        "javax.xml.stream.."
    };

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> location.contains("/io/jenkins/plugins/supabase/"))
            .withImportOption(location -> !location.contains("/io/jenkins/plugins/supabase/local/"))
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPath(Path.of("target/classes"));

    @Test
    void coreKnowsNothingOfJenkins() {
        check(noClasses()
                .that()
                .resideInAPackage(CORE + ".")
                .should()
                .dependOnClassesThat(resideInAnyPackage(JENKINS)));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching(PLUGIN + "(**)").should().beFreeOfCycles());
    }

    @Test
    void nothingCallsTheEntrances() {
        for (String entrance : ENTRANCES) {
            check(noClasses()
                    .that()
                    .resideOutsideOfPackage(entrance)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(entrance));
        }
    }

    @Test
    void coreStandsAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(CORE + ".")
                .should()
                .dependOnClassesThat(resideInAPackage(PLUGIN + ".").and(not(resideInAPackage(CORE + ".")))));
    }

    @Test
    void theFoundationOfCoreDoesNotKnowWhatIsBuiltOnIt() {
        check(noClasses()
                .that()
                .resideInAnyPackage(FOUNDATION)
                .should()
                .dependOnClassesThat(resideInAPackage(CORE + ".").and(not(resideInAnyPackage(FOUNDATION)))));
    }

    @Test
    void thePluginDoesNotNeedTheLocalRunner() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage(LOCAL));
    }

    @Test
    void onlyLibrariesThatAreThereAtRunTime() {
        check(noClasses()
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(LIBRARIES))
                        .and(not(resideInAnyPackage(JENKINS)))
                        .and(not(resideInAPackage(PLUGIN + ".")))));
    }

    /** They look into configuration and credentials, so a link in somebody's mail must not be able to call them. */
    @Test
    void webMethodsOfFormsWantPost() {
        check(methods()
                .that()
                .haveNameMatching("do[A-Z].*")
                .and()
                .areDeclaredInClassesThat(assignableTo("hudson.model.Descriptor"))
                .should()
                .beAnnotatedWith("org.kohsuke.stapler.verb.POST"));
    }

    @Test
    void nobodyWritesToStandardOutput() {
        check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    @Test
    void extensionsCanBeCreatedByJenkins() {
        check(classes().that().areAnnotatedWith("hudson.Extension").should().bePublic());
    }

    @Test
    void filesStayShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                int lines = Files.readAllLines(source).size();
                if (lines > LONGEST_FILE) {
                    tooLong.add(source + " has " + lines + " lines");
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static void check(ArchRule rule) {
        assertThat(MAIN.contain(PLUGIN + "core.operation.DeliveryException")).isTrue();
        rule.allowEmptyShould(true).check(MAIN);
    }
}
