package io.jenkins.plugins.supabase.local.runner.step;

/** What {@code scm} stands for: the folder that the Jenkinsfile is in. */
public record LocalScm() {}
