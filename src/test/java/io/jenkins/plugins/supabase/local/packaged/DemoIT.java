package io.jenkins.plugins.supabase.local.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.packaged.LocalJar.Ended;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as it is shipped, in a folder that has nothing of this project. */
@Timeout(300)
class DemoIT {
    @TempDir
    private Path folder;

    @Test
    void showsThreeDeployments() throws Exception {
        Ended ended = new LocalJar(folder).run("demo");

        assertThat(ended.output())
                .containsSubsequence(
                        "PostgreSQL 15",
                        "4 migrations applied",
                        "function update-votes",
                        "1st run: the function update-votes is live",
                        "Everything happened as it should.")
                .doesNotContain("FAILED  ");
        assertThat(ended.code()).isZero();
        Matcher copy =
                Pattern.compile("The example application is in ([^,\n]+)").matcher(ended.output());
        assertThat(copy.find()).isTrue();
        assertThat(Path.of(copy.group(1))).doesNotExist();
    }
}
