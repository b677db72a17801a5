package io.jenkins.plugins.supabase.core.backup.project;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.config.ConfigExport;
import io.jenkins.plugins.supabase.core.function.FunctionSnapshot;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Reads the configuration of a project into a ZIP archive: settings by section, edge functions with their files, names
 * of function secrets, buckets. No secret is in it, nor a digest of one.
 */
public final class ConfigBackup {
    private static final int REJECTED = 401;
    private static final JsonMapper JSON = new JsonMapper();

    private final ManagementClient client;
    private final Key apiKey;
    private final List<String> gaps = new ArrayList<>();

    /** Finds a secret key of the project. */
    @FunctionalInterface
    public interface Key {
        /** @return null where there is none */
        SecretText find() throws InterruptedException;
    }

    /** @param apiKey for the project's buckets */
    public ConfigBackup(ManagementClient client, Key apiKey) {
        this.client = client;
        this.apiKey = apiKey;
    }

    /**
     * Writes the archive.
     *
     * @param out left open
     * @return a sentence for each thing that could not be read
     * @throws ManagementException when the API lets nobody in, or cannot be reached
     */
    public List<String> run(OutputStream out) throws IOException, InterruptedException {
        ZipOutputStream zip = new ZipOutputStream(out);
        add(zip, "project.json", client.project());
        ObjectNode secretFields = JSON.createObjectNode();
        for (ConfigSection section : ConfigSection.values()) {
            attempt("the settings of section " + section.label(), () -> {
                ConfigExport export = ConfigExport.of(client, section);
                add(zip, "config/" + section.label() + ".json", export.settings());
                export.secrets().forEach(secretFields.withArray(section.label())::add);
            });
        }
        add(zip, "config/secret-fields.json", secretFields);
        attempt("the function secrets", () -> add(zip, "secrets.json", secrets(client.secrets())));
        attempt("the storage buckets", () -> addBuckets(zip));
        attempt("the edge functions", () -> addFunctions(zip, FunctionSnapshot.all(client)));
        add(zip, "gaps.json", gaps);
        zip.finish();
        return List.copyOf(gaps);
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws IOException, InterruptedException;
    }

    /** What a token may not read, or a project does not have, is missing and said so. */
    private void attempt(String what, Reading reading) throws IOException, InterruptedException {
        try {
            reading.run();
        } catch (ManagementException e) {
            if (e.status() == 0 || e.status() == REJECTED) {
                throw e;
            }
            gaps.add("The backup lacks " + what + ": " + e.reason() + ".");
        }
    }

    private static ArrayNode secrets(List<StoredSecret> secrets) {
        ArrayNode list = JSON.createArrayNode();
        secrets.forEach(secret ->
                list.addObject().put("name", secret.name()).put("updatedAt", secret.updatedAt()));
        return list;
    }

    private void addBuckets(ZipOutputStream zip) throws IOException, InterruptedException {
        SecretText key = apiKey.find();
        if (key == null) {
            gaps.add("The backup lacks the storage buckets: the project has no secret API key that could be seen.");
        } else {
            add(zip, "buckets.json", client.storage(key).buckets());
        }
    }

    private void addFunctions(ZipOutputStream zip, FunctionSnapshot functions) throws IOException {
        functions.notRestorable().forEach((slug, reason) ->
                gaps.add("The backup lacks the files of the edge function " + slug + ": " + reason + "."));
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(functions.toBytes()))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                put(zip, "functions/" + entry.getName(), entries.readAllBytes());
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, Object content) throws IOException {
        put(zip, name, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
