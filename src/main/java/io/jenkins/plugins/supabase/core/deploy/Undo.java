package io.jenkins.plugins.supabase.core.deploy;

import java.util.List;

/** Puts one part of an environment back to what it was. May be run again after any interruption. */
interface Undo {
    /** @return as the ledger names its steps, such as {@code config} */
    String kind();

    /** @return one line a thing that is put back, such as "auth.site_url: https://b → https://a"; empty where none is */
    List<String> changes();

    /** @return by name what stays as it is, with the reason; empty where all can be put back */
    List<String> remains();

    /** @return in one line what was done */
    String run() throws InterruptedException;
}
