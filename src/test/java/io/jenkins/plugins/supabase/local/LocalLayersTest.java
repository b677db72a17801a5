package io.jenkins.plugins.supabase.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How the runner, the stand-in and the demo depend on each other. */
class LocalLayersTest {
    private static final String LOCAL = "io.jenkins.plugins.supabase.local.";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPath(Path.of("target/classes/io/jenkins/plugins/supabase/local"));

    @Test
    void packagesHaveNoCycles() {
        slices().matching(LOCAL + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theRunnerNeedsNoStandIn() {
        noClasses()
                .that()
                .resideInAPackage(LOCAL + "runner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LOCAL + "standin..", LOCAL + "demo..", LOCAL + "cli..")
                .check(CLASSES);
    }

    /** Steps are found through the API of Jenkins, so that any step works that the plugin will have. */
    @Test
    void theRunnerKnowsNoStepOfThePlugin() {
        noClasses()
                .that()
                .resideInAPackage(LOCAL + "runner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.jenkins.plugins.supabase.steps..", "io.jenkins.plugins.supabase.config..")
                .check(CLASSES);
    }
}
