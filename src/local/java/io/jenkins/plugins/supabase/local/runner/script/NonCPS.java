package io.jenkins.plugins.supabase.local.runner.script;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code @NonCPS} stands for in a Jenkinsfile; nothing is transformed here, so it changes nothing. */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.METHOD, ElementType.PACKAGE})
public @interface NonCPS {}
