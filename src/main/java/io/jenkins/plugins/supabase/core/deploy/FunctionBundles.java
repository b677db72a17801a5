package io.jenkins.plugins.supabase.core.deploy;

/** Edge functions that were bundled and do not run yet. */
public final class FunctionBundles {}
