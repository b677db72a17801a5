package io.jenkins.plugins.supabase.local.runner.step;

import hudson.model.Describable;
import io.jenkins.plugins.supabase.local.runner.binding.Symbols;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Every step that a Jenkinsfile can call here: the runner's own and the plugin's. */
public final class StepLibrary {
    private final Map<String, RunnerStep> own = new TreeMap<>();
    private final Map<String, StepDescriptor> ofPlugin = new TreeMap<>();
    private final Set<String> symbols;

    public StepLibrary(Iterable<RunnerStep> own, Iterable<StepDescriptor> ofPlugin) {
        own.forEach(step -> this.own.put(step.signature().name(), step));
        ofPlugin.forEach(descriptor -> this.ofPlugin.put(descriptor.getFunctionName(), descriptor));
        this.symbols = new TreeSet<>(Symbols.of(Describable.class).keySet());
    }

    public Optional<RunnerStep> own(String name) {
        return Optional.ofNullable(own.get(name));
    }

    public Optional<StepDescriptor> ofPlugin(String name) {
        return Optional.ofNullable(ofPlugin.get(name));
    }

    /** @return whether it names a describable, such as the {@code folder} in {@code x(destination: folder('y'))} */
    public boolean isSymbol(String name) {
        return symbols.contains(name);
    }

    /** @return the names of all steps, sorted */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(own.keySet());
        names.addAll(ofPlugin.keySet());
        return names;
    }

    public boolean knows(String name) {
        return own.containsKey(name) || ofPlugin.containsKey(name) || isSymbol(name);
    }
}
