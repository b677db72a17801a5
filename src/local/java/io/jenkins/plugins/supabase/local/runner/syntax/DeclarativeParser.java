package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.local.runner.build.BuildParameter;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Agent;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Code;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Option;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Post;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Stage;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Variable;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.When;
import io.jenkins.plugins.supabase.local.runner.declarative.PostCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads {@code pipeline { … }} and collects everything in it that cannot be run. */
final class DeclarativeParser {
    private static final Set<String> SECTIONS =
            Set.of("agent", "environment", "parameters", "options", "stages", "post", "triggers");
    private static final Set<String> STAGE_SECTIONS =
            Set.of("agent", "environment", "options", "input", "when", "steps", "stages", "post");

    private final Problems problems;
    private final Closures closures;
    private final OptionsParser options;
    private final EnvironmentParser environment;
    private final WhenParser when;

    DeclarativeParser(Problems problems, Closures closures) {
        this.problems = problems;
        this.closures = closures;
        this.options = new OptionsParser(problems, closures);
        this.environment = new EnvironmentParser(problems, closures);
        this.when = new WhenParser(problems, closures);
    }

    PipelineModel parse(Directive pipeline) {
        Agent agent = null;
        List<Variable> variables = List.of();
        List<PipelineModel.Parameter> parameters = List.of();
        List<Option> chosen = List.of();
        List<Stage> stages = List.of();
        List<Post> post = List.of();
        for (Directive section : directives(pipeline.block(), "pipeline")) {
            switch (section.name()) {
                case "agent" -> agent = agent(section);
                case "environment" -> variables = environment.parse(section);
                case "parameters" -> parameters = parameters(section);
                case "options" -> chosen = options.parse(section);
                case "stages" -> stages = stages(section);
                case "post" -> post = post(section);
                case "triggers" -> problems.note(section.node(), "'triggers' is ignored: the local runner runs once");
                default -> problems.unknown(section, "pipeline", SECTIONS);
            }
        }
        if (agent == null) {
            problems.add(pipeline.node(), "Missing required section 'agent'");
        }
        if (stages.isEmpty()) {
            problems.add(pipeline.node(), "Missing required section 'stages', or it is empty");
        }
        return new PipelineModel(agent, variables, parameters, chosen, stages, post);
    }

    private List<Stage> stages(Directive section) {
        List<Stage> stages = new ArrayList<>();
        for (Directive stage : directives(section, section.name())) {
            if (stage.name().equals("stage")) {
                stages.add(stage(stage));
            } else {
                problems.unknown(stage, section.name(), Set.of("stage"));
            }
        }
        return stages;
    }

    private Stage stage(Directive directive) {
        boolean named =
                directive.positional().size() == 1 && directive.positional().get(0) instanceof ConstantExpression;
        if (!named) {
            problems.add(directive.node(), "A stage is written stage('Name') { … }");
        }
        String name = named ? directive.positional().get(0).getText() : "";
        Agent agent = Agent.INHERITED;
        List<Variable> variables = List.of();
        List<Option> chosen = List.of();
        Code input = null;
        When condition = null;
        Code steps = null;
        List<Stage> stages = null;
        List<Post> post = List.of();
        for (Directive section : directives(directive, "stage")) {
            switch (section.name()) {
                case "agent" -> agent = agent(section);
                case "environment" -> variables = environment.parse(section);
                case "options" -> chosen = options.parseOfStage(section);
                case "input" -> input = new InputParser(problems, closures).parse(section);
                case "when" -> condition = when.parse(section);
                case "steps" -> steps = steps(section);
                case "stages" -> stages = stages(section);
                case "post" -> post = post(section);
                default -> problems.unknown(section, "stage", STAGE_SECTIONS);
            }
        }
        if ((steps == null) == (stages == null)) {
            problems.add(directive.node(), "The stage '" + name + "' needs either 'steps' or 'stages'");
        }
        return new Stage(name, agent, variables, chosen, input, condition, steps, stages, post);
    }

    private Code steps(Directive section) {
        if (section.block() == null) {
            problems.add(section.node(), "'" + section.name() + "' needs a block");
            return null;
        }
        for (Statement statement : Directive.statements(section.block())) {
            if (Directive.of(statement).isEmpty()) {
                problems.add(statement, "Expected a step; put other Groovy code into script { … }");
            }
        }
        return closures.add(section.block());
    }

    private Agent agent(Directive section) {
        String word = section.word().orElse("");
        if (section.block() == null) {
            return switch (word) {
                case "any" -> Agent.ANY;
                case "none" -> Agent.NONE;
                default -> {
                    problems.add(section.node(), "agent is any, none or { label '…' }, not '" + word + "'");
                    yield Agent.ANY;
                }
            };
        }
        for (Directive kind : directives(section, "agent")) {
            switch (kind.name()) {
                case "label" -> problems.note(kind.node(), "the agent's label is ignored: everything runs here");
                case "node" -> problems.note(kind.node(), "the agent's node is ignored: everything runs here");
                default -> problems.refuse(kind.node(), kind.name(), "the only agent here is this machine");
            }
        }
        return Agent.ANY;
    }

    private List<PipelineModel.Parameter> parameters(Directive section) {
        List<PipelineModel.Parameter> parameters = new ArrayList<>();
        for (Directive parameter : directives(section, "parameters")) {
            if (!BuildParameter.Kind.symbols().contains(parameter.name())) {
                problems.unknown(parameter, "parameters", BuildParameter.Kind.symbols());
                continue;
            }
            parameter.argumentNames().stream()
                    .filter(name -> !BuildParameter.ARGUMENTS.contains(name))
                    .forEach(name -> problems.add(
                            parameter.node(),
                            "The parameter " + parameter.name() + " has no '" + name + "'"
                                    + NearestName.hint(name, BuildParameter.ARGUMENTS)));
            parameters.add(new PipelineModel.Parameter(parameter.name(), closures.add(parameter.arguments())));
        }
        return parameters;
    }

    private List<Post> post(Directive section) {
        List<Post> post = new ArrayList<>();
        for (Directive condition : directives(section, "post")) {
            PostCondition known = PostCondition.of(condition.name()).orElse(null);
            if (known == null) {
                problems.unknown(condition, "post", PostCondition.directives());
            } else {
                post.add(new Post(known, steps(condition)));
            }
        }
        return post;
    }

    private List<Directive> directives(Directive section, String where) {
        if (section.block() == null) {
            problems.add(section.node(), "'" + section.name() + "' needs a block");
            return List.of();
        }
        return directives(section.block(), where);
    }

    private List<Directive> directives(ClosureExpression block, String where) {
        return problems.directives(block, where);
    }

    static boolean isPipeline(Directive directive) {
        return directive.name().equals("pipeline")
                && directive.block() != null
                && directive.positional().isEmpty();
    }
}
