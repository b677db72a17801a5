package io.jenkins.plugins.supabase.local.runner.step;

import java.lang.reflect.Type;

/** An argument that a step takes. */
public record Parameter(String name, Type type) {}
