package io.jenkins.plugins.supabase.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.pages.BuildRecords;
import io.jenkins.plugins.supabase.pages.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingNotesTest {
    private static final String HOME = "JENKINS_HOME";

    @TempDir
    private Path home;

    private String before;

    @BeforeEach
    void beAController() {
        before = System.setProperty(HOME, home.toString());
    }

    @AfterEach
    void beNone() {
        if (before == null) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, before);
        }
    }

    private WaitingNote note(String id) throws IOException {
        return WaitingNote.of(new BuildRecords(new TestRun(home))
                .place(ApprovalPage.class, new ApprovalPage(id, "production", "staging", "1.0", false)));
    }

    private Path folder() {
        return home.resolve("supabase-delivery/promotions-waiting");
    }

    @Test
    void nothingWaitsBeforeTheFirst() {
        assertThat(WaitingNotes.all()).isEmpty();
    }

    @Test
    void whatWaitsIsKnownUntilItDoesNot() throws Exception {
        WaitingNotes.keep(note("one"));
        WaitingNotes.keep(note("two"));
        WaitingNotes.keep(note("two"));

        assertThat(WaitingNotes.all()).extracting(WaitingNote::id).containsExactlyInAnyOrder("one", "two");
        assertThat(WaitingNotes.all()).allSatisfy(note -> {
            assertThat(note.job()).isEqualTo("local");
            assertThat(note.build()).isEqualTo("local#1");
            assertThat(note.folder()).isEqualTo(home.toString());
            assertThat(note.url()).isEqualTo("job/local/1/supabase-promotion/");
            assertThat(note.environment()).isEqualTo("production");
        });
        WaitingNotes.remove("one");
        WaitingNotes.remove("one");
        assertThat(WaitingNotes.all()).extracting(WaitingNote::id).containsExactly("two");
    }

    @Test
    void oneThatCannotBeReadHidesNoOther() throws Exception {
        WaitingNotes.keep(note("one"));
        Files.writeString(folder().resolve("two.xml"), "cut o");

        assertThat(WaitingNotes.all()).extracting(WaitingNote::id).containsExactly("one");
    }

    @Test
    void ofAJobThatIsGoneNothingIsKept() throws Exception {
        WaitingNotes.keep(note("one"));

        Approvals.recall();

        assertThat(folder()).isEmptyDirectory();
    }
}
