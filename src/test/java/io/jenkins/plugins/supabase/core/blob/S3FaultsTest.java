package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server can do wrong, and what a person is told of it. */
class S3FaultsTest {
    private static final byte[] BYTES = "twelve bytes".getBytes(StandardCharsets.UTF_8);
    private static final String ETAG = "ETag: \"%s\"".formatted(S3Body.hex(S3Body.newMd5().digest(BYTES)));
    private static final SecretText SECRET = new SecretText("canary words");

    private FaultyServer server;
    private Destination destination;

    @BeforeEach
    void start() {
        server = new FaultyServer();
        destination = at(server.url(), 3, Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        destination.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|InvalidAccessKeyId||does not know the access key|Correct the access key",
                "403|SignatureDoesNotMatch||does not accept the signature|The secret key does not belong to the access key",
                "403|AccessDenied||the access key is not allowed to|s3:PutObject",
                "400|ExpiredToken||the session token is not, or no longer, valid|Get new temporary credentials",
                "404|NoSuchBucket||there is no such bucket|it is not created by itself",
                "403|RequestTimeTooSkewed|<ServerTime>2026-11-24T10:00:00Z</ServerTime>|there 2026-11-24T10:00:00Z|NTP",
                "301|PermanentRedirect|<Endpoint>s3.eu-west-1.example.com</Endpoint>|is in another region"
                        + "|The server names s3.eu-west-1.example.com",
                "400|AuthorizationHeaderMalformed|<Region>eu-west-3</Region>|is in another region|names eu-west-3",
                "507|XMinioStorageFull||the server has no room for it|Make room",
                "409|InvalidBucketState||the server refused|Look up that code",
            })
    void refusalsAreExplained(int status, String code, String element, String what, String advice) {
        server.thenError(status, code, element == null ? "" : element);

        assertThatThrownBy(() -> destination.put("a/key", BlobContent.of(BYTES)))
                .isExactlyInstanceOf(DestinationException.class)
                .hasMessageStartingWith(
                        "Storing a/key in the destination archive (bucket example at %s) failed: ", server.url())
                .hasMessageContaining(what)
                .hasMessageContaining("(answer " + status + " " + code + ", request 4711)")
                .hasMessageContaining("Stored objects are as they were. ")
                .hasMessageContaining(advice)
                .hasMessageNotContaining("canary");
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void whatIsNoS3IsSaid() {
        server.then(404, "<html>Nothing here</html>");

        assertThatThrownBy(() -> destination.put("key", BlobContent.of(BYTES)))
                .hasMessageContaining("the answer is not that of an S3 server (answer 404)")
                .hasMessageContaining("Check the endpoint");
        server.then(200, "<html><body>Log in</body></html>");
        server.then(200, "<html><body>Log in</body></html>");
        assertThatThrownBy(() -> destination.list(""))
                .isInstanceOf(DestinationException.class)
                .hasMessageContaining("the answer is not that of an S3 server");
    }

    @Test
    void aMissingObjectIsAskedForTwiceToKnowTheBucketAndThenOnce() throws Exception {
        server.then(404, "").thenError(404, "NoSuchKey").then(404, "");

        assertThat(destination.stat("key")).isEmpty();
        assertThat(destination.stat("key")).isEmpty();
        assertThat(server.seen()).extracting(FaultyServer.Seen::method).containsExactly("HEAD", "GET", "HEAD");
    }

    @ParameterizedTest
    @CsvSource({"500,InternalError", "503,SlowDown", "503,ServiceUnavailable", "400,RequestTimeout", "400,BadDigest"})
    void whatPassesIsTriedAgain(int status, String code) throws Exception {
        server.thenError(status, code).thenHangUp().then(200, "", ETAG);

        destination.put("key", BlobContent.of(BYTES));

        assertThat(server.seen()).hasSize(3).allSatisfy(request -> {
            assertThat(request.body()).isEqualTo(BYTES);
            assertThat(request.headers())
                    .containsEntry("x-amz-content-sha256", Sha256.of(BYTES))
                    .containsEntry("x-amz-meta-sha256", Sha256.of(BYTES));
        });
    }

    @Test
    void whatDoesNotPassIsGivenUp() {
        server.thenError(503, "SlowDown");

        assertThatThrownBy(() -> destination.put("key", BlobContent.of(BYTES)))
                .hasMessageContaining("the server kept failing (answer 503 SlowDown, request 4711)");
        assertThat(server.seen()).hasSize(3);
    }

    @Test
    void aServerThatGivesNoAnswerIsNotWaitedForForEver() {
        server.thenHang();
        try (Destination impatient = at(server.url(), 2, Duration.ofMillis(200))) {
            assertThatThrownBy(() -> impatient.put("key", BlobContent.of(BYTES)))
                    .hasMessageContaining("the server gave no answer in time")
                    .hasMessageContaining("is there whole or not at all");
            assertThatThrownBy(() -> impatient.stat("key")).hasMessageContaining("the server gave no answer in time");
        }
    }

    @Test
    @Timeout(20)
    void aServerThatGivesAByteNowAndThenIsNotWaitedForForEver() {
        server.thenDrip();
        try (Destination impatient = at(server.url(), 2, Duration.ofMillis(400))) {
            assertThatThrownBy(() -> impatient.put("key", BlobContent.of(BYTES)))
                    .hasMessageContaining("the server gave no answer in time");
        }
        assertThat(server.seen()).hasSize(2);
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Destination nobody = at("http://127.0.0.1:" + port, 1, Duration.ofSeconds(30));
                Destination nowhere = at("https://s3.invalid", 1, Duration.ofSeconds(30));
                ServerSocket speaksNoTls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Destination plain = at("https://127.0.0.1:" + speaksNoTls.getLocalPort(), 1, Duration.ofSeconds(30))) {
            Thread answering = new Thread(() -> answerInPlainText(speaksNoTls));
            answering.start();
            assertThatThrownBy(() -> nobody.stat("key")).hasMessageContaining("it does not accept connections");
            assertThatThrownBy(() -> nowhere.stat("key")).hasMessageContaining("its host name is not known here");
            assertThatThrownBy(() -> plain.stat("key")).hasMessageContaining("no secure connection came about");
        }
    }

    @Test
    void onlyTheFirstMayWrite() throws Exception {
        server.then(404, "").thenError(404, "NoSuchKey").thenError(412, "PreconditionFailed");

        assertThat(destination.putIfAbsent("key", BlobContent.of(BYTES))).isFalse();
        assertThat(server.seen().get(2).headers()).containsEntry("if-none-match", "*");
        assertThat(server.seen().get(2).headers().get("authorization")).contains("if-none-match");
    }

    @Test
    void aServerWithoutConditionsIsWrittenToAllTheSame() throws Exception {
        server.then(404, "").thenError(404, "NoSuchKey").thenError(501, "NotImplemented").then(200, "", ETAG);

        assertThat(destination.putIfAbsent("key", BlobContent.of(BYTES))).isTrue();
        assertThat(server.seen().get(3).headers()).doesNotContainKey("if-none-match");
    }

    @Test
    void whatTheServerCannotVouchForIsReadBack() throws Exception {
        server.then(200, "", "ETag: \"opaque\"").then(200, "twelve bytes");

        destination.put("key", BlobContent.of(BYTES));

        assertThat(server.seen()).extracting(FaultyServer.Seen::method).containsExactly("PUT", "GET");
    }

    @Test
    void whatArrivedDamagedIsDeletedAndSaid() {
        server.then(200, "", "ETag: \"%032x\"".formatted(7)).then(200, "twelve bytez").then(204, "");

        assertThatThrownBy(() -> destination.put("key", BlobContent.of(BYTES)))
                .hasMessageContaining("what arrived is not what was sent")
                .hasMessageContaining(Sha256.of("twelve bytez"))
                .hasMessageContaining("The damaged object was deleted");
        assertThat(server.seen()).extracting(FaultyServer.Seen::method).containsExactly("PUT", "GET", "DELETE");
    }

    @Test
    void whatWasNeverStoredIsSaid() {
        server.then(200, "").thenError(404, "NoSuchKey");

        assertThatThrownBy(() -> destination.put("key", BlobContent.of(BYTES)))
                .isExactlyInstanceOf(DestinationException.class)
                .hasMessageContaining("the server says that it is stored, but it is not there");
    }

    @Test
    void amazonsOwnComparisonIsBelievedWhereItKeepsNoMd5() throws Exception {
        server.then(200, "", "ETag: \"opaque\"", "x-amz-server-side-encryption: aws:kms");

        destination.put("key", BlobContent.of(BYTES));

        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void readingGoesOnWhereItBrokeOff() throws Exception {
        server.then(200, "twelve", "Content-Length: 12", ETAG)
                .thenHangUp()
                .then(206, " bytes", ETAG, "Content-Range: bytes 6-11/12");

        assertThat(read()).isEqualTo(BYTES);
        assertThat(server.seen().get(2).headers()).containsEntry("range", "bytes=6-").containsKey("if-match");
    }

    @Test
    void readingGoesOnWhereTheServerBeginsAnew() throws Exception {
        server.then(200, "twelve", "Content-Length: 12", ETAG).then(200, "twelve bytes", ETAG);

        assertThat(read()).isEqualTo(BYTES);
    }

    @Test
    void aShortObjectIsNeverAnEnd() {
        server.then(200, "twelve", "Content-Length: 12", ETAG).thenError(412, "PreconditionFailed");

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be taken up again: answer 412 PreconditionFailed");
    }

    private static void answerInPlainText(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read() throws IOException, InterruptedException {
        try (InputStream stream = destination.open("key")) {
            return stream.readAllBytes();
        }
    }

    private static Destination at(String endpoint, int attempts, Duration idle) {
        S3Settings settings = new S3Settings(
                "archive", null, "us-east-1", endpoint, "example", null, true, "tester", SECRET, null, null);
        return new S3Destination(settings, new S3Patience(Duration.ofSeconds(5), idle, attempts));
    }
}
