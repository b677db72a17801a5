package io.jenkins.plugins.supabase.core.deploy;

/** "1 migration", "2 migrations". */
final class Count {
    private Count() {}

    static String of(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
