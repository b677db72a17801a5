package io.jenkins.plugins.supabase.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir
    Path directory;

    ProjectOnDisk project;

    @BeforeEach
    void emptyProject() {
        project = new ProjectOnDisk(directory);
    }

    @Test
    void areSortedByVersionAndKeepTheirText() {
        project.with("supabase/migrations/20240201000000_votes.sql", "create table votes ();")
                .with("supabase/migrations/20240101000000_polls_and_more.sql", "create table polls ();\n-- ü\n");

        SupabaseProject read = project.read();

        assertThat(read.migrations()).extracting(MigrationFile::version)
                .containsExactly("20240101000000", "20240201000000");
        assertThat(read.migrations().get(0).name()).isEqualTo("polls_and_more");
        assertThat(read.migrations().get(0).sql()).isEqualTo("create table polls ();\n-- ü\n");
        assertThat(read.migrations().get(0).fileName()).isEqualTo("20240101000000_polls_and_more.sql");
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void keepVersionsAsWritten() {
        project.with("supabase/migrations/0001_a.sql", "").with("supabase/migrations/2_.sql", "");

        assertThat(project.read().migrations()).extracting(MigrationFile::version).containsExactly("0001", "2");
    }

    @Test
    void aNameThatIsNoMigrationIsSkippedWithAWarning() {
        project.with("supabase/migrations/1_a.sql", "")
                .with("supabase/migrations/README.md", "")
                .with("supabase/migrations/2-b.sql", "")
                .with("supabase/migrations/3_c.SQL", "")
                .with("supabase/migrations/.gitkeep", "")
                .with("supabase/migrations/4_folder.sql/inside.sql", "");

        SupabaseProject read = project.read();

        assertThat(read.migrations()).extracting(MigrationFile::version).containsExactly("1");
        assertThat(read.warnings()).hasSize(3).allMatch(warning -> warning.contains("<digits>_<name>.sql"));
        assertThat(read.warnings()).anyMatch(warning -> warning.startsWith("supabase/migrations/2-b.sql was skipped"));
    }

    @Test
    void twoFilesWithOneVersionAreRefusedByName() {
        project.with("supabase/migrations/20240101000000_a.sql", "")
                .with("supabase/migrations/20240101000000_b.sql", "");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/migrations/20240101000000_a.sql and ")
                .hasMessageContaining("supabase/migrations/20240101000000_b.sql")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedWithItsOffset() {
        project.with("supabase/migrations/1_latin.sql", "select 1;\nselect 'Zürich';\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/migrations/1_latin.sql is not UTF-8")
                .hasMessageContaining("0xFC at offset 19 (line 2)");
    }

    @Test
    void aFileThatEndsInTheMiddleOfACharacterIsRefused() {
        project.with("supabase/migrations/1_cut.sql", new byte[] {'-', '-', (byte) 0xC3});

        assertThatThrownBy(project::read).hasMessageContaining("0xC3 at offset 2 (line 1)");
    }

    @Test
    void utf16IsRecognised() {
        project.with("supabase/migrations/1_wide.sql", "\uFEFFselect 1".getBytes(StandardCharsets.UTF_16LE));

        assertThatThrownBy(project::read).hasMessageContaining("it looks like UTF-16").hasMessageContaining("offset 0");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() {
        project.with("supabase/migrations/1_bom.sql", "\uFEFFselect 1;");

        assertThat(project.read().migrations().get(0).sql()).isEqualTo("select 1;");
    }

    @Test
    void anInitialSchemaOfAnOldCliIsSkippedWhenItIsTheFirstFile() {
        project.with("supabase/migrations/20211208000000_init.sql", "")
                .with("supabase/migrations/20220101000000_a.sql", "");

        SupabaseProject read = project.read();

        assertThat(read.migrations()).extracting(MigrationFile::version).containsExactly("20220101000000");
        assertThat(read.warnings()).singleElement().asString().contains("20211208000000_init.sql was skipped");
    }

    @Test
    void anInitialSchemaOfToolsSinceThenIsAMigration() {
        project.with("supabase/migrations/20211209000000_init.sql", "");

        assertThat(project.read().migrations()).hasSize(1);
    }

    @Test
    void areSkippedWhereConfigDisablesThem() {
        project.with("supabase/migrations/1_a.sql", "")
                .with("supabase/config.toml", "[db.migrations]\nenabled = false\n");

        SupabaseProject read = project.read();

        assertThat(read.migrations()).isEmpty();
        assertThat(read.warnings()).singleElement().asString().contains("db.migrations.enabled = false");
    }

    @Test
    void anEmptyFolderIsRefused() throws IOException {
        Files.createDirectories(project.supabase().resolve("migrations"));
        Files.createDirectories(project.supabase().resolve("functions"));

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(project.supabase().toString())
                .hasMessageContaining("nothing to deploy");
    }

    @Test
    void anEmptyFolderSaysWhichFilesItSkipped() {
        project.with("supabase/migrations/first.sql", "");

        assertThatThrownBy(project::read).hasMessageContaining("supabase/migrations/first.sql was skipped");
    }

    @Test
    void aMissingFolderIsRefused() {
        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("There is no folder " + project.supabase());
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() {
        project.with("supabase/migrations", "oops");

        assertThatThrownBy(project::read).hasMessageContaining("supabase/migrations is a file");
    }
}
