package io.jenkins.plugins.supabase.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.supabase.testing.SupabaseCli;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Supabase's own advisors, inside the real CLI, say about the example's database. */
class VotesAdvisorsIT {
    @TempDir
    private Path home;

    @Test
    void findNothingToWarnOf() throws Exception {
        assertThat(advise(VotesDatabase.create()).output()).contains("No issues found");
    }

    @Test
    void wouldFindATableWithoutRowLevelSecurity() throws Exception {
        TestDatabase database = VotesDatabase.create();
        database.execute("create table public.open_to_all (id int primary key)");

        SupabaseCli.Outcome outcome = advise(database);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains("open_to_all");
    }

    private SupabaseCli.Outcome advise(TestDatabase database) throws Exception {
        Optional<SupabaseCli> cli = SupabaseCli.find(home);
        assumeTrue(cli.isPresent(), SupabaseCli.HOW_TO_INSTALL);
        return cli.orElseThrow()
                .run(home, "db", "advisors", "--level", "warn", "--fail-on", "warn", SupabaseCli.remote(database));
    }
}
