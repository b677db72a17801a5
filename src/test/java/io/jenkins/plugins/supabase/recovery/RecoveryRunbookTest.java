package io.jenkins.plugins.supabase.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.FolderDestination;
import io.jenkins.plugins.supabase.config.S3Destination;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.ledger.BackupStanding;
import io.jenkins.plugins.supabase.core.ledger.VerifiedBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryRunbookTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final BackupConfiguration backup = new BackupConfiguration();
    private final EnvironmentConfiguration environment = new EnvironmentConfiguration("production");
    private BackupStanding standing = BackupStanding.NONE;

    @Test
    void saysWhatIsMissing() {
        assertThat(text())
                .contains("No backup has been verified: whether any restores is not known.")
                .contains("No drill has been made, so that nobody knows how long a restore takes.")
                .contains("No release is known to have run here")
                .contains("id: 'latest'", "to: 'production',\n    storage: true, config: 'recovered'");
    }

    @Test
    void hasTheLastMeasuredTimesBesideTheObjectives() {
        backup.setRpo("12h");
        backup.setRto("1h");
        VerifiedBackup newest = new VerifiedBackup(
                "000007-b", NOW.minus(Duration.ofHours(13)).plusMillis(7), NOW.minus(Duration.ofHours(12)), Duration.ofMinutes(42), 9);
        standing = new BackupStanding(newest, newest);
        assertThat(text())
                .contains("The newest verified backup is 000007-b, of 2026-11-29T23:00:00Z, 13 h old, an RPO of 12 h is"
                        + " missed.")
                .contains("The last drill restored 000007-b in 42 min 0 s on 2026-11-30T00:00:00Z, an RTO of 1 h is met.")
                .contains("id: '000007-b'", "--id 000007-b");
    }

    @Test
    void aDestinationThatIsGoneTooDoesNotEndThePipelineBeforeTheRestore() {
        assertThat(text())
                .contains("depth: 'read', unstableOnly: true\nrestoreBackup environment: 'production'")
                .containsSubsequence("## With Jenkins", "one destination", "## Without Jenkins", "one destination");
    }

    @Test
    void namesWhoHasTheKeysAndWhereBackupsAre() {
        String key = BackupFixture.newIdentity().recipient().text();
        backup.setRecipients(List.of(key + " Ann, in her safe", BackupFixture.newIdentity().recipient().text()));
        backup.setDestinations(List.of("far"));
        assertThat(text())
                .contains(key + "  Ann, in her safe", "(nobody noted who has it)")
                .contains("the destination far: the bucket backups below app at https://s3.example.com, login bucket-login.")
                .doesNotContain("/near");
    }

    @Test
    void theConfigurationAsksForLoginsByVariables() {
        assertThat(text())
                .contains("read -rs BUCKET_LOGIN_USER && export BUCKET_LOGIN_USER")
                .contains("""
                            destinations:
                              - folder:
                                  name: "near"
                                  path: "/near"
                              - s3:
                                  name: "far"
                                  region: "eu-west-1"
                                  endpoint: "https://s3.example.com"
                                  bucket: "backups"
                                  prefix: "app"
                                  credentialsId: "bucket-login"
                        """)
                .contains("password: \"${BUCKET_LOGIN_PASSWORD}\"");
    }

    @Test
    void aProjectOfSupabaseHasItsOwnBackupsFirst() {
        assertThat(text()).doesNotContain("While the project is there", "restoreManagedBackup");
        environment.setProjectRef("abcdefghijklmnopqrst");
        environment.setAccessTokenCredentialsId("production-token");
        assertThat(text())
                .containsSubsequence("## What there is", "## While the project is there", "## What is needed")
                .contains("restoreManagedBackup environment: 'production', id: ID, confirm: 'replace production'")
                .contains("--time YYYY-MM-DDThh:mm:ssZ --confirm \"replace production\"\n```")
                .contains("accessTokenCredentialsId: \"supabase-access-token\"")
                .contains("secret: \"${SUPABASE_ACCESS_TOKEN:-}\"")
                .doesNotContain("production-token");
    }

    private String text() {
        FolderDestination near = new FolderDestination("near");
        near.setPath("/near");
        S3Destination far = new S3Destination("far");
        far.setRegion("eu-west-1");
        far.setEndpoint("https://s3.example.com");
        far.setBucket("backups");
        far.setPrefix("app");
        far.setCredentialsId("bucket-login");
        environment.setBackup(backup);
        List<DestinationConfiguration> all = List.of(near, far);
        return RunbookMarkdown.of(new RecoveryRunbook(RecoveryFacts.of(environment, all, standing, null), NOW));
    }
}
