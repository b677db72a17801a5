package io.jenkins.plugins.supabase.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes a {@code supabase/} folder of any size, the same for the same numbers. */
public final class GeneratedProject {
    private static final int COLUMNS_EVERY = 4;

    private final Path supabase;

    private GeneratedProject(Path supabase) {
        this.supabase = supabase;
    }

    /**
     * @param root       of the application
     * @param migrations tables with a row each; every fourth adds a column to the table before
     * @param functions  each with a file of its own and one that all share
     */
    public static GeneratedProject write(Path root, int migrations, int functions) throws IOException {
        GeneratedProject project = new GeneratedProject(root.resolve("supabase"));
        for (int number = 1; number <= migrations; number++) {
            project.migration(number);
        }
        project.file("functions/_shared/answer.ts", "export const answer = (n: number) => new Response(String(n));\n");
        for (int number = 1; number <= functions; number++) {
            project.function(number, "first");
        }
        project.config("first");
        return project;
    }

    /** Another release of the same application: two migrations more, every second function and some settings differ. */
    public void change(int migrations, int functions) throws IOException {
        migration(migrations + 1);
        migration(migrations + 2);
        for (int number = 1; number <= functions; number += 2) {
            function(number, "second");
        }
        config("second");
    }

    private void migration(int number) throws IOException {
        String name = String.format(Locale.ROOT, "%014d_m%d.sql", 20260101000000L + number, number);
        boolean column = number > 1 && number % COLUMNS_EVERY == 0;
        String sql = column
                ? "alter table t" + (number - 1) + " add column c" + number + " text;\ncreate table t" + number
                        + " (id int primary key);\n"
                : "create table t" + number + " (id int primary key, label text);\ninsert into t" + number
                        + " values (" + number + ", 'one; two');\n";
        file("migrations/" + name, sql + "alter table t" + number + " enable row level security;\n");
        file(
                "rollbacks/" + name,
                (column ? "alter table t" + (number - 1) + " drop column c" + number + ";\n" : "") + "drop table t" + number
                        + ";\n");
    }

    private void function(int number, String release) throws IOException {
        file(
                "functions/f" + number + "/index.ts",
                "import { answer } from '../_shared/answer.ts';\nDeno.serve(() => answer(" + number + ")); // " + release
                        + "\n");
    }

    private void config(String release) throws IOException {
        boolean first = release.equals("first");
        file(
                "config.toml",
                """
                project_id = "generated"

                [api]
                schemas = ["public", "graphql_public"]
                max_rows = %d

                [db.settings]
                statement_timeout = "%s"

                [db.pooler]
                default_pool_size = %d

                [db.network_restrictions]
                enabled = true
                allowed_cidrs = ["10.1.0.0/16"]
                allowed_cidrs_v6 = ["2001:db8::/32"]

                [db.ssl_enforcement]
                enabled = true

                [storage]
                file_size_limit = "%s"

                [storage.buckets.avatars]
                public = false
                file_size_limit = "%s"

                [realtime]
                enabled = true

                [auth]
                site_url = "https://%s.example.com"
                jwt_expiry = %d
                minimum_password_length = 12
                enable_refresh_token_rotation = true

                [auth.email]
                enable_confirmations = true
                otp_expiry = 600
                """
                        .formatted(
                                first ? 500 : 400,
                                first ? "10s" : "8s",
                                first ? 20 : 25,
                                first ? "20MiB" : "10MiB",
                                first ? "2MiB" : "1MiB",
                                release,
                                first ? 3600 : 1800));
    }

    private void file(String path, String text) throws IOException {
        Path file = supabase.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
