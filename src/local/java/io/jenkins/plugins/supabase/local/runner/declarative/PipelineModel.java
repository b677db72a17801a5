package io.jenkins.plugins.supabase.local.runner.declarative;

import java.util.List;

/**
 * A declarative pipeline as it was written. Whatever has to be evaluated while it runs is a {@link Code}: the index of
 * a closure that the compiled Jenkinsfile hands over.
 */
public record PipelineModel(
        Agent agent,
        List<Variable> environment,
        List<Parameter> parameters,
        List<Option> options,
        List<Stage> stages,
        List<Post> post) {
    /** @param closure index into the closures of the compiled Jenkinsfile */
    public record Code(int closure) {}

    /** Where something runs. Labels mean nothing here, but steps outside any agent fail as they do on a controller. */
    public enum Agent {
        ANY,
        NONE,
        /** A stage that says nothing runs where its parent runs. */
        INHERITED
    }

    /** @param credentials whether the value is the id of credentials */
    public record Variable(String name, boolean credentials, Code value) {}

    public record Parameter(String symbol, Code arguments) {}

    /** @param arguments a map by name, or a single value */
    public record Option(String name, Code arguments) {}

    /** @param stages null for a stage that has steps */
    public record Stage(
            String name,
            Agent agent,
            List<Variable> environment,
            List<Option> options,
            Code input,
            When when,
            Code steps,
            List<Stage> stages,
            List<Post> post) {}

    /** When a stage's condition is looked at, earliest first. */
    public enum Moment {
        BEFORE_OPTIONS,
        BEFORE_INPUT,
        BEFORE_AGENT,
        BEFORE_STEPS
    }

    public record When(Condition condition, Moment moment) {}

    /** When a stage runs. */
    public sealed interface Condition {}

    public record Branch(Code pattern) implements Condition {}

    public record Expression(Code expression) implements Condition {}

    public record EnvironmentIs(Code arguments) implements Condition {}

    public record Equal(Code arguments) implements Condition {}

    public record Not(Condition condition) implements Condition {}

    public record AllOf(List<Condition> conditions) implements Condition {}

    public record AnyOf(List<Condition> conditions) implements Condition {}

    public record Post(PostCondition condition, Code steps) {}
}
