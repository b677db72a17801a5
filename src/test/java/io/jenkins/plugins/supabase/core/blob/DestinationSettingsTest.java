package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationSettingsTest {
    private static final SecretText SECRET = new SecretText("canary words");

    @Test
    void aBucketOfAmazonsNeedsNoEndpoint() {
        S3Settings settings = s3("eu-central-1", null, null, "shop-releases", null, false, "key");

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.address()).isEqualTo("https://s3.eu-central-1.amazonaws.com");
        assertThat(settings.regionToSign()).isEqualTo("eu-central-1");
        assertThat(settings.toString()).doesNotContain("canary");
    }

    @Test
    void aLabelMayDifferFromTheRegionThatIsSignedFor() {
        S3Settings settings = s3("Frankfurt, hall 2", "us-east-1", "https://s3.example.com", "shop", "a/b", true, "key");

        assertThat(settings.problems()).isEmpty();
        try (Destination destination = settings.open()) {
            assertThat(destination.region()).isEqualTo("Frankfurt, hall 2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|us-east-1|https://s3.example.com|shop||true||accessKey|needs an access key",
                "||https://s3.example.com|shop||true|key|region|mostly go by us-east-1",
                "Frankfurt, hall 2||https://s3.example.com|shop||true|key|region|Write the server's own name",
                "x||http://s3.example.com|shop||true|key|endpoint|use https",
                "x||https://user@s3.example.com|shop||true|key|endpoint|use a credential",
                "x||https://127.0.0.1:9000|shop||false|key|endpoint|set pathStyle",
                "x||https://s3.example.com|||true|key|bucket|needs the name of its bucket",
                "x||https://s3.example.com|a/b||true|key|bucket|is no name of a bucket",
                "x||https://s3.example.com|shop|/a|true|key|prefix|without slashes at its ends",
                "x||https://s3.example.com|shop|a/../b|true|key|prefix|is not a usable prefix",
            })
    void whatIsWrongIsSaid(
            String region, String signing, String endpoint, String bucket, String prefix, boolean pathStyle, String key,
            String field, String message) {
        S3Settings settings = s3(region, signing, endpoint, bucket, prefix, pathStyle, key);

        assertThat(settings.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(field))
                .satisfies(problem -> assertThat(problem.message()).contains(message));
        assertThatThrownBy(settings::open)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The destination \"archive\" is not usable: " + field + ": ");
    }

    @Test
    void everyProblemIsListedInTheOrderOfTheFields() {
        S3Settings settings = new S3Settings(" ", null, null, "x", null, null, true, null, null, null, null);

        assertThat(settings.problems())
                .extracting(SettingProblem::field)
                .containsExactly("name", "region", "endpoint", "bucket", "accessKey", "secretKey");
        assertThat(new FolderSettings("a/b", null, "relative/path").problems())
                .extracting(SettingProblem::describe)
                .satisfiesExactly(
                        name -> assertThat(name).contains("name: \"a/b\" is not a usable name"),
                        path -> assertThat(path).contains("path: \"relative/path\" is not absolute"));
        assertThat(new FolderSettings("archive", null, null).problems()).hasSize(1);
        assertThat(new FolderSettings("archive", null, "/a", "20 MB").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.describe()).contains("bandwidth: \"20 MB\" is no bandwidth"));
        assertThat(s3("x", null, null, "shop", null, false, "key").withBandwidth("1 kB/s").problems())
                .extracting(SettingProblem::field)
                .containsExactly("bandwidth");
        assertThat(new FolderSettings("archive", null, "C:\\releases").problems()).isEmpty();
    }

    @Test
    void settingsTravelToTheAgent(@TempDir Path directory) throws Exception {
        for (DestinationSettings settings : new DestinationSettings[] {
            new FolderSettings("archive", "here", directory.toString(), "20 MB/s"),
            s3("x", "us-east-1", "https://s3.example.com", "shop", "a", true, "key")
                    .withBandwidth("20 MB/s")
                    .withLock("GOVERNANCE", 30)
        }) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(settings);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(in.readObject()).isEqualTo(settings);
            }
        }
    }

    private static S3Settings s3(
            String region, String signing, String endpoint, String bucket, String prefix, boolean pathStyle, String key) {
        return new S3Settings(
                "archive", region, signing, endpoint, bucket, prefix, pathStyle, key, SECRET, null, null);
    }
}
