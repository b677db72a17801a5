package io.jenkins.plugins.supabase.core.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a folder holds, and whence. Paths are relative to the folder, with slashes.
 */
final class SourceTree implements AutoCloseable {
    private final Map<String, ByteSource> files = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final SortedSet<String> modified = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<GitObjects> open = new ArrayList<>();
    private CommitFacts commit;

    Map<String, ByteSource> files() {
        return files;
    }

    /** @return path to target, as the link has it */
    Map<String, String> links() {
        return links;
    }

    /** @return paths of what is not as the commit has it: changed, added and deleted files */
    SortedSet<String> modified() {
        return modified;
    }

    List<String> notes() {
        return notes;
    }

    /** @return null where no commit is known */
    CommitFacts commit() {
        return commit;
    }

    void commit(CommitFacts facts) {
        commit = facts;
    }

    void closesWithIt(GitObjects objects) {
        open.add(objects);
    }

    /** Takes over what a repository inside the folder holds. */
    void add(String path, SourceTree inner) {
        String prefix = path + "/";
        inner.files.forEach((name, source) -> files.put(prefix + name, source));
        inner.links.forEach((name, target) -> links.put(prefix + name, target));
        inner.modified.forEach(name -> modified.add(prefix + name));
        notes.addAll(inner.notes);
        open.addAll(inner.open);
    }

    @Override
    public void close() {
        open.forEach(GitObjects::close);
    }
}
