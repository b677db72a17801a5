package io.jenkins.plugins.supabase.local.runner.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A Jenkinsfile that is not run: it does not parse, or it holds something that the local runner does not support. */
public final class JenkinsfileException extends Exception {
    private static final long serialVersionUID = 1L;

    public JenkinsfileException(String fileName, List<Problem> problems) {
        super(problems.stream()
                .sorted()
                .distinct()
                .map(problem -> fileName + ", line " + problem.line() + ": " + problem.message())
                .collect(Collectors.joining("\n")));
    }
}
