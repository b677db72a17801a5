package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipException;

/**
 * Makes the release of a {@code supabase/} folder in a workspace. The same commit and version make the same bytes, in any
 * clone, on any machine; see docs/releases.md.
 */
public final class ReleaseBuilder {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Path folder;
    private String version;
    private String branch;

    private ReleaseBuilder(Path folder) {
        this.folder = folder;
    }

    /** @param supabaseFolder usually {@code supabase}, relative to the current directory or absolute */
    public static ReleaseBuilder of(Path supabaseFolder) {
        return new ReleaseBuilder(supabaseFolder.toAbsolutePath().normalize());
    }

    /** @param chosen by the author; null or blank for the one that follows from the commit */
    public ReleaseBuilder version(String chosen) {
        version = chosen == null || chosen.isBlank() ? null : ReleaseVersion.check(chosen.strip());
        return this;
    }

    /** @param known to whoever checked out the commit; null or blank for git's, which has none for a detached HEAD */
    public ReleaseBuilder branch(String known) {
        branch = known == null || known.isBlank() ? null : known.strip();
        return this;
    }

    /**
     * @param into an existing folder outside of the one that is released; it gets {@code <digest>.zip}
     * @throws DeliveryException when something in the folder cannot be released; nothing has been written then
     */
    public Release build(Path into) throws InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new DeliveryException(
                    ("There is no folder %s, so there is nothing to release. Nothing was changed. Check out the application "
                                    + "first, or name its supabase folder in the argument directory.")
                            .formatted(folder));
        }
        try (SourceTree tree = SourceReader.read(folder.toRealPath())) {
            SymbolicLinks.resolve(folder, tree);
            return write(tree, measure(tree), into);
        } catch (IOException e) {
            throw new DeliveryException(
                    ("The release of %s was not built: a file could not be read or written (%s). Nothing was changed. Check "
                                    + "the workspace and the space on its disk, and run it again.")
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    private List<MeasuredFile> measure(SourceTree tree) throws IOException, InterruptedException {
        Map<String, ByteSource> sorted = new TreeMap<>(ReleaseFile.ORDER);
        tree.files().forEach((path, source) -> sorted.put(ReleaseFile.PREFIX + path, source));
        if (sorted.isEmpty()) {
            throw new DeliveryException(
                    ("%s holds no file that could be released. Nothing was changed. Check that this is the folder that was "
                                    + "meant, and that its files are not ignored by git.")
                            .formatted(folder));
        }
        List<MeasuredFile> files = new ArrayList<>();
        for (Map.Entry<String, ByteSource> file : sorted.entrySet()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!ReleaseFile.isPath(file.getKey())) {
                throw new DeliveryException(
                        ("The release of %s was not built: the name of %s is not UTF-8 or has a backslash or a control "
                                        + "character, which not every machine can write. Nothing was changed. Rename the "
                                        + "file; if its name is UTF-8, run the agent with a UTF-8 locale (LC_ALL=C.UTF-8).")
                                .formatted(folder, file.getKey().replaceAll("\\p{Cntrl}", "?")));
            }
            files.add(MeasuredFile.of(file.getKey(), file.getValue()));
        }
        return files;
    }

    private Release write(SourceTree tree, List<MeasuredFile> measured, Path into)
            throws IOException, InterruptedException {
        List<ReleaseFile> files = measured.stream().map(MeasuredFile::file).toList();
        CommitFacts commit = tree.commit();
        List<String> modified = tree.modified().stream()
                .map(path -> ReleaseFile.PREFIX + path)
                .sorted(ReleaseFile.ORDER)
                .toList();
        ReleaseManifest manifest = new ReleaseManifest(
                version == null ? ReleaseVersion.of(commit, !modified.isEmpty(), files) : version,
                commit == null ? null : commit.hash(),
                commit == null ? null : commit.author(),
                commit == null ? null : commit.committedAt(),
                modified,
                files);
        Path partial = Files.createTempFile(into, ".release-", ".part");
        try {
            String digest = write(manifest, measured, partial);
            Path bundle = into.resolve(digest + ".zip");
            long size = Files.size(partial);
            Files.move(partial, bundle, StandardCopyOption.ATOMIC_MOVE);
            return new Release(digest, manifest, branchOf(commit), Tool.name(), bundle, size, tree.notes());
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private String branchOf(CommitFacts commit) {
        return branch == null && commit != null ? commit.branch() : branch;
    }

    private String write(ReleaseManifest manifest, List<MeasuredFile> files, Path target)
            throws IOException, InterruptedException {
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER_BYTES);
                BundleWriter bundle = new BundleWriter(new DigestOutputStream(out, digest))) {
            bundle.add(BundleWriter.MANIFEST, ManifestJson.write(manifest));
            for (MeasuredFile file : files) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                try (InputStream stream = file.source().open()) {
                    bundle.add(file.file().path(), file.file().size(), file.crc(), stream);
                } catch (ZipException e) {
                    throw new DeliveryException(
                            ("The release of %s was not built: %s changed while it was read. Nothing was changed. Let "
                                            + "nothing write to the workspace meanwhile, and run it again.")
                                    .formatted(folder, file.file().path()),
                            e);
                }
            }
        }
        return Sha256.hex(digest);
    }
}
