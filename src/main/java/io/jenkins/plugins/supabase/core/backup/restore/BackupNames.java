package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.Evidence;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tables a backup has, before any of it is restored: with rows by its manifest, and without by its evidence. */
final class BackupNames {
    /** Of a table without rows of its own, such as one that has partitions, as the state of a schema calls it. */
    private static final Pattern OBJECT = Pattern.compile("table (\"[^ ]+|[^ /]+)");

    private final BackupManifest manifest;
    private final PartContent content;

    BackupNames(BackupManifest manifest, PartContent content) {
        this.manifest = manifest;
        this.content = content;
    }

    /** @throws DeliveryException naming the first that is not there, and what it may have been meant to be */
    void check(List<String> tables) throws InterruptedException {
        if (tables.isEmpty()) {
            return;
        }
        TreeSet<String> all = new TreeSet<>();
        for (BackupPart part : manifest.parts(PartKind.TABLE)) {
            all.add(part.schema() + "." + part.table());
        }
        if (!all.containsAll(tables)) {
            all.addAll(ofEvidence());
        }
        for (String table : tables) {
            if (!all.contains(table)) {
                throw ChosenTables.unknown(table, List.copyOf(all));
            }
        }
    }

    private TreeSet<String> ofEvidence() throws InterruptedException {
        TreeSet<String> names = new TreeSet<>();
        try (InputStream stream = content.open(manifest.parts(PartKind.EVIDENCE).get(0))) {
            Evidence evidence = Evidence.read(stream);
            for (Evidence.Table table : evidence.tables()) {
                names.add(QualifiedName.parse(table.name()).toString());
            }
            for (String object : evidence.objects().keySet()) {
                Matcher matcher = OBJECT.matcher(object);
                if (matcher.matches()) {
                    names.add(matcher.group(1).replace("\"", ""));
                }
            }
        } catch (IOException e) {
            throw new DeliveryException("What is in the backup " + manifest.id() + " cannot be read ("
                    + e.getMessage() + "), so that nothing was restored. Verify the backup.", e);
        }
        return names;
    }
}
