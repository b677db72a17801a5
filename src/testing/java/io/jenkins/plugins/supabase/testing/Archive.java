package io.jenkins.plugins.supabase.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A zip file, read into memory: names of files in their order, and their bytes. */
public final class Archive {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Set<LocalDateTime> times = new LinkedHashSet<>();

    private Archive(byte[] zip) throws IOException {
        try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                times.add(entry.getTimeLocal());
                if (!entry.isDirectory() && files.put(entry.getName(), stream.readAllBytes()) != null) {
                    throw new IOException(entry.getName() + " is twice in the zip");
                }
            }
        }
    }

    public static Archive of(Path file) throws IOException {
        return new Archive(Files.readAllBytes(file));
    }

    public Archive inner(String name) throws IOException {
        return new Archive(bytes(name));
    }

    public Set<String> names() {
        return files.keySet();
    }

    public Set<String> names(String prefix) {
        return names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public Set<LocalDateTime> times() {
        return times;
    }

    public byte[] bytes(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new AssertionError(name + " is missing in the zip");
        }
        return bytes;
    }

    public List<String> lines(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
    }

    /** The main attributes. */
    public Map<String, String> manifest() throws IOException {
        Attributes attributes =
                new Manifest(new ByteArrayInputStream(bytes("META-INF/MANIFEST.MF"))).getMainAttributes();
        Map<String, String> manifest = new TreeMap<>();
        attributes.forEach((name, value) -> manifest.put(name.toString(), value.toString()));
        return manifest;
    }
}
