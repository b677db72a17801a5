package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** S3Proxy, an S3 server that checks signatures, in a process of its own. */
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "tester";
    public static final SecretText SECRET_KEY = new SecretText("words for a test");
    public static final String BUCKET = "example";

    private static final Path JAR = Path.of("target/s3-server/s3proxy-jar-with-dependencies.jar");
    private static final Pattern STARTED = Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private int port;

    public S3Server(Path directory) throws IOException, InterruptedException {
        Path properties = directory.resolve("s3proxy.properties");
        Files.writeString(
                properties,
                """
                s3proxy.endpoint=http://127.0.0.1:0
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=transient
                jclouds.identity=unused
                jclouds.credential=unused
                """
                        .formatted(ACCESS_KEY, SECRET_KEY.reveal()));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader log = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); port == 0; line = log.readLine()) {
            if (line == null) {
                throw new IOException("The S3 server did not start: " + said);
            }
            said.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            port = started.find() ? Integer.parseInt(started.group(1)) : 0;
        }
        Thread drain = new Thread(() -> log.lines().forEach(line -> {}));
        drain.setDaemon(true);
        drain.start();
        S3Settings settings = settings(BUCKET, null, SECRET_KEY);
        try (S3Client client = new S3Client(settings, S3Patience.DEFAULT, new S3Failures(settings), Throttle.NONE)) {
            client.must(S3Request.of("creating the bucket", "PUT", ""));
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public S3Settings settings(String bucket, String prefix, SecretText secretKey) {
        return new S3Settings(
                "archive", "here", "us-east-1", url(), bucket, prefix, true, ACCESS_KEY, secretKey, null, null);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
