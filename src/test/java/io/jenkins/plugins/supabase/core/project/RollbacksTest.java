package io.jenkins.plugins.supabase.core.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbacksTest {
    @TempDir
    Path root;

    private ProjectOnDisk project;

    @BeforeEach
    void project() {
        project = new ProjectOnDisk(root).with("supabase/migrations/1_a.sql", "create table a ();");
    }

    @Test
    void belongToTheMigrationOfTheirName() {
        project.with("supabase/migrations/2_b.sql", "").with("supabase/rollbacks/1_a.sql", "drop table a;");

        SupabaseProject read = project.read();

        assertThat(read.rollbacks()).containsOnlyKeys("1");
        assertThat(read.rollbacks().get("1").sql()).isEqualTo("drop table a;");
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void anotherNameIsWarnedOf() {
        project.with("supabase/rollbacks/1_other.sql", "drop table a;").with("supabase/rollbacks/README.md", "how");

        assertThat(project.read().rollbacks()).isEmpty();
        assertThat(project.read().warnings())
                .containsExactly("supabase/rollbacks/1_other.sql takes back no migration, as none has its name: a rollback"
                        + " file is named like its migration.");
    }
}
