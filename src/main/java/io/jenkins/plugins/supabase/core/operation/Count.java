package io.jenkins.plugins.supabase.core.operation;

/** "1 migration", "2 migrations". */
public final class Count {
    private Count() {}

    public static String of(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
