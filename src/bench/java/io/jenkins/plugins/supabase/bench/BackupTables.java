package io.jenkins.plugins.supabase.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Fills a database for the benchmark of backups, always with the same rows. At scale 1 it has 1.4 GB: 5 million narrow
 * rows as pgbench makes them, 550,000 rows of text, jsonb and uuid, and 110 MB of random bytes; 1.2 GB as COPY writes it,
 * of which {@code pg_dump -Fc} makes some 340 MB. Words of the texts are drawn as in a natural language (Zipf's law), as
 * repeated phrases would flatter whatever has the larger window.
 */
final class BackupTables {
    private static final int NARROW = 5_000_000;
    private static final int WIDE = 550_000;
    private static final int BYTES = 1_100;
    private static final int WORDS = 20_000;
    private static final int LEAST_WORDS = 60;
    private static final int MORE_WORDS = 80;
    private static final int BATCH_CHARACTERS = 1 << 20;
    private static final String LETTERS = "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddllll"
            + "cccuuummmwwffggyyppbbvk";

    private final Random random = new Random(1);
    private final String[] vocabulary = new String[WORDS];

    private BackupTables() {
        for (int i = 0; i < WORDS; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = 2 + random.nextInt(4) + (int) (Math.log(i + 1) / 2); length > 0; length--) {
                word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            vocabulary[i] = word.toString();
        }
    }

    static void fill(Connection connection, double scale) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute(("CREATE TABLE accounts AS SELECT g AS aid, g / 100000 AS bid, 0 AS abalance,"
                    + " repeat(' ', 84)::char(84) AS filler FROM generate_series(1, %d) g").formatted((int) (NARROW * scale)));
            statement.execute(("CREATE TABLE blobs AS SELECT g AS id, (SELECT string_agg(decode(md5(g || ' ' || i), 'hex'),"
                    + " '') FROM generate_series(1, 6250) i) AS b FROM generate_series(1, %d) g")
                    .formatted((int) (BYTES * scale)));
            statement.execute("CREATE TABLE posts (id int, u uuid, body text, j jsonb)");
            new BackupTables().posts(connection, (int) (WIDE * scale));
            statement.execute("ALTER TABLE accounts ADD PRIMARY KEY (aid); ALTER TABLE posts ADD PRIMARY KEY (id);"
                    + "CREATE INDEX ON posts (u); ALTER TABLE blobs ADD PRIMARY KEY (id)");
            statement.execute("VACUUM ANALYZE");
        }
    }

    private void posts(Connection connection, int rows) throws SQLException, IOException {
        StringBuilder batch = new StringBuilder();
        for (int id = 1; id <= rows; id++) {
            batch.append(id).append('\t').append(new UUID(random.nextLong(), random.nextLong())).append('\t');
            words(batch, LEAST_WORDS + random.nextInt(MORE_WORDS));
            batch.append("\t{\"author\": ").append(random.nextInt(WIDE)).append(", \"tags\": [\"");
            words(batch, 1);
            batch.append("\", \"");
            words(batch, 1);
            batch.append("\"], \"score\": ").append(random.nextInt(1000)).append(", \"title\": \"");
            words(batch, 4);
            batch.append("\"}\n");
            if (batch.length() >= BATCH_CHARACTERS || id == rows) {
                InputStream stream = new ByteArrayInputStream(batch.toString().getBytes(StandardCharsets.UTF_8));
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY posts FROM STDIN", stream);
                batch.setLength(0);
            }
        }
    }

    private void words(StringBuilder text, int number) {
        for (int i = 0; i < number; i++) {
            text.append(i == 0 ? "" : " ").append(vocabulary[(int) Math.pow(WORDS, random.nextDouble()) - 1]);
        }
    }
}
