package io.jenkins.plugins.supabase.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.StandInDatabase;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command in the documents about backups is run, with all that is optional and with none of it. */
@Timeout(300)
class DocumentedCommandsIT {
    private static final List<String> DOCUMENTS = List.of("docs/backups.md", "docs/disaster-recovery.md");
    private static final Pattern BLOCK = Pattern.compile("^ *```\\w*\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("\\[([^\\]]*)]");
    private static final Pattern ALTERNATIVES = Pattern.compile("\\w+(\\|\\w+)+");

    @TempDir
    private Path folder;

    private TestDatabase source;
    private String recipient;
    private int restored;
    private SupabaseStandIn standIn;
    private StandInProject project;

    @BeforeEach
    void configure() throws Exception {
        source = StorageFixture.database();
        source.execute("CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1);"
                + " INSERT INTO auth.users (email) VALUES ('ann@example.com')");
        standIn = SupabaseStandIn.start();
        project = standIn.createProject(StorageFixture.REF);
        project.managedBackups().of(new StandInDatabase(
                source.url().replaceFirst("/[^/]*$", ""), source.name(), LocalPostgres.USER, LocalPostgres.PASSWORD));
        project.managedBackups().made(Instant.now());
        project.managedBackups().restore().reads(0, 1);
        project.buckets().create("avatars", false);
        project.objects().database("jdbc:" + source.url(), LocalPostgres.USER, LocalPostgres.PASSWORD);
        project.objects().put("avatars", "ann.png", new byte[] {1, 2, 3}, "image/png");
        Files.createDirectories(folder.resolve("near"));
        Files.createDirectories(folder.resolve("far"));
        Files.writeString(folder.resolve("jenkins.yaml"), """
                unclassified:
                  supabaseDelivery:
                    environments:
                      - name: production
                        projectRef: %s
                        managementUrl: "%s"
                        projectUrl: "%s"
                        databaseUrl: "%s"
                        databaseCredentialsId: db
                        accessTokenCredentialsId: token
                    destinations:
                      - folder: {name: near, path: "%s"}
                      - folder: {name: far, path: "%s"}
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - usernamePassword: {scope: GLOBAL, id: db, username: "${PGUSER}", password: "${PGPASSWORD}"}
                          - string: {scope: GLOBAL, id: token, secret: "%s"}
                """.formatted(
                        StorageFixture.REF, standIn.managementUrl(), project.url(), source.url(),
                        folder.resolve("near"), folder.resolve("far"), standIn.accessToken()));
    }

    @AfterEach
    void close() {
        project.managedBackups().clear();
        standIn.close();
    }

    @Test
    void eachRuns() throws Exception {
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(9).anyMatch(line -> line.startsWith("age-keygen"));
        for (String command : commands) {
            if (command.startsWith("age-keygen")) {
                String key = BackupFixture.newIdentityText();
                recipient = AgeIdentity.parse(new SecretText(key)).recipient().text();
                Files.writeString(folder.resolve("identity.txt"), key);
                continue;
            }
            for (String variant : variants(command)) {
                assertThat(new Shell(folder).run(variant)).as(variant).startsWith("0\n");
            }
        }
        TestDatabase postgres = TestDatabase.create();
        for (int i = 1; i <= restored; i++) {
            postgres.execute("DROP DATABASE IF EXISTS documented_" + i);
        }
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String document : DOCUMENTS) {
            Matcher block = BLOCK.matcher(Files.readString(Path.of(document)));
            while (block.find()) {
                for (String line : block.group(1).replaceAll("\\\\\n", " ").split("\n")) {
                    String command = line.strip().replaceAll(" # .*", "").replaceAll(" +", " ");
                    if (command.matches("(java|age-keygen|openssl) .*")) {
                        commands.add(command);
                    }
                }
            }
        }
        return commands;
    }

    /** Of alternatives each, where there may be only one; where there may be several the first. */
    private List<String> variants(String command) {
        String all = OPTION.matcher(command)
                .replaceAll("$1")
                .replaceAll("(\\w+)(\\|\\w+)+ …", "$1")
                .replaceAll(" …", "");
        List<String> variants = new ArrayList<>(List.of(OPTION.matcher(command).replaceAll("")));
        Matcher alternatives = ALTERNATIVES.matcher(all);
        if (alternatives.find()) {
            for (String alternative : alternatives.group().split("\\|")) {
                variants.add(all.replace(alternatives.group(), alternative));
            }
        } else {
            variants.add(all);
        }
        return variants.stream().distinct().map(this::filledIn).toList();
    }

    private String filledIn(String command) {
        String filled = command.replace("age1…", recipient)
                .replaceAll("--(destination|to) NAME", "--$1 far")
                .replace("--id ID", "--id latest")
                .replace("--part PART", "--part database --part storage --part config")
                .replace("--storage-of NAME", "--storage-of production")
                .replace("--config FOLDER", "--config config_" + restored)
                .replaceAll("ections N|estinations N", "$0 1")
                .replace(" N 1", " 1");
        if (filled.contains("restoreBackup")) {
            restored++;
            filled = filled.replace(
                    "postgresql://host:5432/new", BackupFixture.urlOfNew(source, "documented_" + restored));
        }
        return filled;
    }
}
