package io.jenkins.plugins.supabase.core.health;

/** One row of the report: what is asked about, and where. */
record Subject(String name, String target) {}
