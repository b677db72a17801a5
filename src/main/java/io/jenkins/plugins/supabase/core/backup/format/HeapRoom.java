package io.jenkins.plugins.supabase.core.backup.format;

/** What to say where a row, or a part that holds one, has no room in memory: the only data that are held whole. */
public final class HeapRoom {
    private static final long MIB = 1 << 20;

    private HeapRoom() {}

    /** @return a clause: what happened, to what, and the way out */
    public static String lacking(String what) {
        return ("the memory of this process (%d MB, its -Xmx) does not suffice for %s: a row is held in it as a whole."
                        + " Give it twice the size of the largest row, and 160 MB")
                .formatted(Runtime.getRuntime().maxMemory() / MIB, what);
    }
}
