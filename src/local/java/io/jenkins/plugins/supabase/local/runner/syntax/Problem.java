package io.jenkins.plugins.supabase.local.runner.syntax;

import org.codehaus.groovy.ast.ASTNode;

/**
 * Why a Jenkinsfile is not run at all.
 *
 * @param line in the Jenkinsfile, from 1
 */
public record Problem(int line, String message) implements Comparable<Problem> {
    static Problem at(ASTNode node, String message) {
        return new Problem(node.getLineNumber(), message);
    }

    @Override
    public int compareTo(Problem other) {
        return Integer.compare(line, other.line);
    }
}
