package io.jenkins.plugins.supabase.core.release;

/** What builds releases. */
final class Tool {
    private Tool() {}

    /** @return with the version of the jar that this class is in, where it is in one */
    static String name() {
        String version = Tool.class.getPackage().getImplementationVersion();
        return "Supabase Delivery" + (version == null ? "" : " " + version);
    }
}
