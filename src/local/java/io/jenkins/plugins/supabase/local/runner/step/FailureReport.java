package io.jenkins.plugins.supabase.local.runner.step;

import groovy.lang.GroovyRuntimeException;
import hudson.AbortException;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.util.Arrays;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Says in the log why something failed: a sentence where a person can act, a stack trace where a fault hides. */
public final class FailureReport {
    /** Frames of Groovy's machinery that say nothing about the Jenkinsfile. */
    private static final String[] NOISE = {
        "org.codehaus.groovy.", "groovy.lang.", "java.lang.reflect.", "jdk.internal.", "sun.reflect."
    };

    private FailureReport() {}

    public static void print(Throwable failure, Console console) {
        if (failure instanceof ScriptError error) {
            print(error.getCause(), console);
        } else if (failure instanceof FlowInterruptedException interruption) {
            for (CauseOfInterruption cause : interruption.getCauses()) {
                console.line(cause.getShortDescription());
            }
        } else if (failure instanceof AbortException || failure instanceof DeliveryException) {
            console.line("ERROR: " + failure.getMessage());
        } else if (failure instanceof GroovyRuntimeException) {
            console.line(failure.getClass().getName() + ": " + failure.getMessage() + place(failure));
        } else {
            console.line(failure + place(failure));
            frames(failure, console);
        }
    }

    private static void frames(Throwable failure, Console console) {
        Arrays.stream(failure.getStackTrace())
                .filter(frame -> Arrays.stream(NOISE).noneMatch(frame.getClassName()::startsWith))
                .forEach(frame -> console.line("\tat " + frame));
        if (failure.getCause() != null) {
            console.line("Caused by: " + failure.getCause());
            frames(failure.getCause(), console);
        }
    }

    /** @return {@code " (Jenkinsfile, line 12)"}, or nothing */
    private static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame ->
                        frame.getFileName() != null && !frame.getFileName().contains(".java"))
                .filter(frame ->
                        frame.getLineNumber() > 0 && Arrays.stream(NOISE).noneMatch(frame.getClassName()::startsWith))
                .filter(frame -> !frame.getFileName().endsWith(".groovy")
                        || !frame.getClassName().contains("."))
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ", line " + frame.getLineNumber() + ")")
                .orElse("");
    }
}
