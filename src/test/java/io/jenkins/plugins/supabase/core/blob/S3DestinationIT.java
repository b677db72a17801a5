package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3DestinationIT extends DestinationContract {
    private static S3Server server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new S3Server(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    Destination create() {
        String prefix = "a prefix/" + UUID.randomUUID();
        return server.settings(S3Server.BUCKET, prefix, S3Server.SECRET_KEY).open();
    }

    @Test
    void withoutAPrefixItHasTheWholeBucket() throws Exception {
        String key = UUID.randomUUID().toString();
        try (Destination whole = server.settings(S3Server.BUCKET, null, S3Server.SECRET_KEY).open()) {
            whole.put(key, BlobContent.of(new byte[3]));

            assertThat(whole.list(key)).singleElement().satisfies(stat -> assertThat(stat.size()).isEqualTo(3));
            whole.delete(key);
        }
    }

    @Test
    void aWrongSecretKeyIsNamed() {
        SecretText wrong = new SecretText("other words");
        try (Destination refused = server.settings(S3Server.BUCKET, null, wrong).open()) {
            assertThatThrownBy(() -> refused.stat("key"))
                    .isInstanceOf(DestinationException.class)
                    .hasMessageContaining("Looking at key in the destination archive (bucket example at http://127.0.0.1")
                    .hasMessageContaining("does not accept the signature (answer 403 SignatureDoesNotMatch")
                    .hasMessageNotContaining("other words");
            assertThatThrownBy(() -> refused.putIfAbsent("key", BlobContent.of(new byte[1])))
                    .isInstanceOf(DestinationException.class);
        }
    }

    @Test
    void aMissingBucketIsNamed() {
        try (Destination refused = server.settings("no-such-bucket", null, S3Server.SECRET_KEY).open()) {
            assertThatThrownBy(() -> refused.stat("key"))
                    .isExactlyInstanceOf(DestinationException.class)
                    .hasMessageContaining("there is no such bucket");
            assertThatThrownBy(() -> refused.open("key"))
                    .isExactlyInstanceOf(DestinationException.class)
                    .hasMessageContaining("there is no such bucket");
            assertThatThrownBy(() -> refused.list("")).hasMessageContaining("there is no such bucket");
            assertThatThrownBy(() -> refused.put("key", BlobContent.of(new byte[1])))
                    .hasMessageContaining("there is no such bucket");
        }
    }

    @Test
    void moreObjectsThanFitOnAPageAreListed() throws Exception {
        try (Destination many = server.settings(S3Server.BUCKET, "many", S3Server.SECRET_KEY).open()) {
            for (int i = 0; i < 1_050; i++) {
                many.put("n/%04d".formatted(i), BlobContent.of(new byte[0]));
            }

            assertThat(many.list("n/")).hasSize(1_050).extracting(BlobStat::key).isSorted().doesNotHaveDuplicates();
        }
    }
}
