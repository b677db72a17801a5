package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How steps of the plugin are bound, run, waited for and stopped. */
@Timeout(60)
class PluginStepTest {
    private static final Bucket.DescriptorImpl BUCKET = new Bucket.DescriptorImpl();

    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        ExtensionList.lookup(Descriptor.class).add(BUCKET);
        pipelines = new Pipelines(folder).step(new ShipStep.DescriptorImpl());
    }

    @AfterEach
    void forget() {
        ExtensionList.lookup(Descriptor.class).remove(BUCKET);
    }

    @Test
    void bindsConstructorArgumentsSettersAndFields() throws IOException {
        assertThat(run("ship target: 'a', count: 3, limit: 5000000000, force: true, mode: 'FAST', tags: ['x',"
                        + " \"y${1}\"], labels: [k: 'v'], bucket: bucket(name: 'b')"))
                .contains("\nShip[a, 3, 5000000000, true, FAST, [x, y1], {k=v}, Bucket(b)]\n");
    }

    @Test
    void missingArgumentsAreNullOrZero() throws IOException {
        assertThat(run("ship()")).contains("\nShip[null, 0, 0, false, null, [], {}, null]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ship 'sole'                              | Ship[sole, 0,",
                "ship \"so${'le'}\"                       | Ship[sole, 0,",
                "ship(target: 7)                          | Ship[7, 0,",
                "ship target: 'a', count: '4'             | Ship[a, 4,",
                "ship target: 'a', force: 'true'          | Ship[a, 0, 0, true,",
                "ship target: 'a', tags: 'one'            | [one], {}",
                "ship target: 'a', bucket: bucket('b')    | Bucket(b)]",
                "ship target: 'a', bucket: [$class: 'Bucket', name: 'b'] | Bucket(b)]",
                "ship target: 'a', bucket: [name: 'b']    | Bucket(b)]",
            })
    void coerces(String call, String shipped) throws IOException {
        assertThat(run(call)).contains(shipped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ship target: 'a', count: 'many'    | Argument 'count' of ShipStep: expected Integer, but was given"
                        + " 'many'",
                "ship target: 'a', count: 3000000000 | expected Integer, but was given '3000000000'",
                "ship target: 'a', count: 1.5        | expected Integer, but was given '1.5'",
                "ship target: 'a', mode: 'FASST'     | 'FASST' is none of [FAST, SAFE]; did you mean 'FAST'?",
                "ship target: ['a']                  | expected String, but was given a",
                "ship target: 'a', bucket: supabaseEnvironment('b') | no 'supabaseEnvironment' exists here",
                "ship('a', 'b')                      | takes one argument without a name, or arguments by name",
                "ship('a') { }                       | The step 'ship' takes no block",
            })
    void refusesWhatDoesNotFit(String call, String message) throws IOException {
        Outcome outcome = pipelines.run("node { " + call + " }");

        assertThat(outcome.log()).contains("ERROR: ", message).doesNotContain("Ship[", "\tat ");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void unknownArgumentsGiveTheWarningOfJenkins() throws IOException {
        assertThat(run("ship target: 'a', cuont: 3, other: 1"))
                .contains("WARNING: Unknown parameter(s) found for class type '" + ShipStep.class.getName()
                        + "': cuont,other (did you mean 'count'?)")
                .contains("Ship[a, 0,");
    }

    @Test
    void aSetterThatRefusesFailsTheStep() throws IOException {
        assertThat(pipelines.run("node { ship target: 'a', count: -1 }").log())
                .contains("count must not be negative", "Finished: FAILURE");
    }

    @Test
    void returnsTheResult() throws IOException {
        assertThat(run("def r = ship('a'); echo \"got ${r.target} ${r['size']}\""))
                .contains("\ngot a 1\n");
    }

    @Test
    void waitsForAStepThatEndsLater() throws IOException {
        assertThat(run("def r = ship target: 'later'; echo \"got ${r}\"")).contains("\ngot in the end\n");
    }

    @Test
    void givesARunAListenerAndAFolder() throws IOException {
        assertThat(run("dir('sub') { ship 'where' }")).contains("\nin " + folder.resolve("sub") + " null\n");
    }

    @Test
    void needsItsContext() throws IOException {
        Outcome outcome = pipelines.run("ship 'a'");

        assertThat(outcome.log())
                .contains("Required context class hudson.FilePath is missing", "surround the ship step");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aMessageForPeopleHasNoStackTrace() throws IOException {
        for (String target : List.of("abort", "delivery")) {
            Outcome outcome =
                    new Pipelines(folder).step(new ShipStep.DescriptorImpl()).run("node { ship '" + target + "' }");

            assertThat(outcome.log()).endsWith("ERROR: The ship has sunk.\nFinished: FAILURE\n");
        }
    }

    @Test
    void aFaultHasAStackTrace() throws IOException {
        assertThat(pipelines.run("node { ship 'fault' }").log())
                .contains("java.lang.IllegalStateException: a fault", "\tat " + ShipStep.class.getName());
    }

    @Test
    void canBeCaught() throws IOException {
        assertThat(run("try { ship 'abort' } catch (hudson.AbortException e) { echo \"caught ${e.message}\" }"))
                .contains("\ncaught The ship has sunk.\n");
    }

    @Test
    void setsTheResultOfTheBuild() throws IOException {
        Outcome outcome = pipelines.run("node { ship 'unstable' }");

        assertThat(outcome.code()).isEqualTo(ExitCode.UNSTABLE);
    }

    @Test
    void isStoppedByATimeout() throws IOException {
        Outcome outcome = pipelines.run("node { timeout(time: 1, unit: 'SECONDS') { ship 'never' } }");

        assertThat(outcome.log())
                .contains("stopped because of FlowInterruptedException")
                .endsWith("Timeout has been exceeded\nFinished: ABORTED\n");
    }

    private String run(String steps) throws IOException {
        Outcome outcome = pipelines.run("node { " + steps + " }");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        return outcome.log();
    }

    /** A step that does what its target says. */
    public static class ShipStep extends Step {
        /** For coercion. */
        public enum Mode {
            FAST,
            SAFE
        }

        private final String target;
        private int count;
        private long limit;
        private boolean force;
        private Mode mode;
        private List<String> tags = List.of();
        private Map<String, String> labels = Map.of();

        @DataBoundSetter
        public Bucket bucket;

        @DataBoundConstructor
        public ShipStep(String target) {
            this.target = target;
        }

        @DataBoundSetter
        public void setCount(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("count must not be negative");
            }
            this.count = count;
        }

        @DataBoundSetter
        public void setLimit(long limit) {
            this.limit = limit;
        }

        @DataBoundSetter
        public void setForce(boolean force) {
            this.force = force;
        }

        @DataBoundSetter
        public void setMode(Mode mode) {
            this.mode = mode;
        }

        @DataBoundSetter
        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        @DataBoundSetter
        public void setLabels(Map<String, String> labels) {
            this.labels = labels;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context, this);
        }

        @Override
        public String toString() {
            return "Ship[" + target + ", " + count + ", " + limit + ", " + force + ", " + mode + ", " + tags + ", "
                    + labels + ", " + bucket + "]";
        }

        private static final class Execution extends StepExecution {
            private static final long serialVersionUID = 1L;

            private final transient ShipStep step;

            Execution(StepContext context, ShipStep step) {
                super(context);
                this.step = step;
            }

            @Override
            public boolean start() throws Exception {
                TaskListener listener = getContext().get(TaskListener.class);
                switch (String.valueOf(step.target)) {
                    case "later" -> {
                        new Thread(() -> getContext().onSuccess("in the end")).start();
                        return false;
                    }
                    case "never" -> {
                        return false;
                    }
                    case "abort" -> throw new AbortException("The ship has sunk.");
                    case "delivery" -> throw new DeliveryException("The ship has sunk.");
                    case "fault" -> throw new IllegalStateException("a fault");
                    case "unstable" -> getContext().setResult(hudson.model.Result.UNSTABLE);
                    case "where" ->
                        listener.getLogger()
                                .println(
                                        "in " + getContext().get(FilePath.class).getRemote() + " "
                                                + getContext().get(Run.class).getResult());
                    default -> listener.getLogger().println(step);
                }
                getContext().onSuccess(Map.of("target", String.valueOf(step.target), "size", 1));
                return true;
            }

            @Override
            public void stop(Throwable cause) throws Exception {
                getContext()
                        .get(TaskListener.class)
                        .getLogger()
                        .println("stopped because of " + cause.getClass().getSimpleName());
                getContext().onFailure(cause);
            }
        }

        /** Without annotation: the runner is given it. */
        public static class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "ship";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(Run.class, TaskListener.class, FilePath.class);
            }
        }
    }

    /** A nested describable. */
    public static class Bucket extends AbstractDescribableImpl<Bucket> {
        private final String name;

        @DataBoundConstructor
        public Bucket(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return "Bucket(" + name + ")";
        }

        /** Names it in a Jenkinsfile. */
        @Symbol("bucket")
        public static class DescriptorImpl extends Descriptor<Bucket> {}
    }
}
