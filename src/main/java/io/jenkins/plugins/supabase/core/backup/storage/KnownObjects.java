package io.jenkins.plugins.supabase.core.backup.storage;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.ListedObject;
import io.jenkins.plugins.supabase.core.backup.format.ObjectIndex;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Objects that are stored already, by an earlier backup or by one that was interrupted. */
public final class KnownObjects {
    private final Map<String, ObjectGroup> groups = new HashMap<>();

    /**
     * @param owners whose objects are known, those that are preferred first; an index that cannot be read only costs
     *     the work of reading objects again
     */
    public static KnownObjects of(BackupStore store, List<StoredBackup> owners) throws InterruptedException {
        KnownObjects known = new KnownObjects();
        for (StoredBackup owner : owners) {
            for (BackupPart index : owner.manifest().parts(PartKind.OBJECT_INDEX)) {
                try {
                    known.add(owner, new PartFetcher(store, owner).fetch(index));
                } catch (IOException | DeliveryException e) {
                    continue;
                }
            }
        }
        return known;
    }

    private void add(StoredBackup owner, byte[] index) throws IOException {
        List<List<BackupPart>> parts = ObjectIndex.groups(owner.manifest());
        List<List<String>> fingerprints = ObjectIndex.read(index, parts.size());
        for (int i = 0; i < parts.size(); i++) {
            ObjectGroup group = new ObjectGroup(parts.get(i), fingerprints.get(i), owner);
            group.fingerprints().forEach(fingerprint -> groups.putIfAbsent(fingerprint, group));
        }
    }

    /**
     * @return groups worth taking again: at least half of their objects are still there. The rest of a group stays in
     *     its parts until so much of it is gone that the others are stored anew
     */
    List<ObjectGroup> worthwhile(Collection<ListedObject> objects) {
        Map<ObjectGroup, Integer> alive = new IdentityHashMap<>();
        List<ObjectGroup> order = new ArrayList<>();
        for (ListedObject object : objects) {
            ObjectGroup group = groups.get(object.fingerprint());
            if (group != null && alive.merge(group, 1, Integer::sum) == 1) {
                order.add(group);
            }
        }
        return order.stream()
                .filter(group -> alive.get(group) * 2 >= group.fingerprints().size())
                .toList();
    }

    ObjectGroup groupOf(ListedObject object) {
        return groups.get(object.fingerprint());
    }
}
