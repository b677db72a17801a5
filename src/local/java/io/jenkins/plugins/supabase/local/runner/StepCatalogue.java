package io.jenkins.plugins.supabase.local.runner;

import io.jenkins.plugins.supabase.local.runner.binding.Attribute;
import io.jenkins.plugins.supabase.local.runner.binding.DescribableModel;
import io.jenkins.plugins.supabase.local.runner.step.Answers;
import io.jenkins.plugins.supabase.local.runner.step.Parameter;
import io.jenkins.plugins.supabase.local.runner.step.RunnerStep;
import io.jenkins.plugins.supabase.local.runner.step.RunnerSteps;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The steps there are, in the form in which they are called; optional arguments are in brackets. */
public final class StepCatalogue {
    private StepCatalogue() {}

    public static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Steps of the plugin:");
        StepDescriptor.all().stream()
                .sorted(Comparator.comparing(StepDescriptor::getFunctionName))
                .forEach(descriptor -> lines.add("  " + describe(descriptor)));
        lines.add("Steps of the local runner:");
        RunnerSteps.all(new Answers(InputStream.nullInputStream())).stream()
                .map(RunnerStep::signature)
                .sorted(Comparator.comparing(signature -> signature.name()))
                .forEach(signature -> lines.add("  " + signature.name() + "("
                        + signature.parameters().stream()
                                .map(StepCatalogue::describe)
                                .collect(Collectors.joining(", "))
                        + ")" + (signature.takesBody() ? " { … }" : "")));
        return lines;
    }

    private static String describe(StepDescriptor descriptor) {
        DescribableModel model = DescribableModel.of(descriptor.clazz);
        Stream<String> arguments = model.attributes().stream()
                .map(attribute -> attribute instanceof Attribute.OfConstructor
                        ? attribute.name() + ": " + simple(attribute.type())
                        : "[" + attribute.name() + ": " + simple(attribute.type()) + "]");
        return descriptor.getFunctionName() + "(" + arguments.collect(Collectors.joining(", ")) + ") – "
                + descriptor.getDisplayName();
    }

    private static String describe(Parameter parameter) {
        return parameter.name() + ": " + simple(parameter.type());
    }

    private static String simple(Type type) {
        String name = type.getTypeName().replaceAll("[a-z0-9_]+\\.", "");
        return name.replace('$', '.');
    }
}
