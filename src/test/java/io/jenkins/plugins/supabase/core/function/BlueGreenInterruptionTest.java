package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network is gone from the n-th call of a blue-green deployment on, for every n, and the run dies there. The
 * functions that are called are then those before or those after, and the next run ends as one that was never
 * interrupted.
 */
@Timeout(120)
class BlueGreenInterruptionTest extends FunctionFixture {
    @TempDir
    Path scratch;

    private List<RecordedFunction> record;
    private int run;

    enum Loss {
        /** Requests do not arrive. */
        OF_REQUESTS(Fault.drop()),
        /** Requests have their effect; the answers do not arrive. */
        OF_ANSWERS(Fault.cut());

        private final Fault fault;

        Loss(Fault fault) {
            this.fault = fault;
        }
    }

    @BeforeEach
    void deployed() throws Exception {
        write("a/index.ts", "// a");
        write("b/index.ts", "// b");
        write("c/index.ts", "// c");
        record = deploy(List.of()).record();
    }

    /** One attempt, as a process would make it that reads its ledger first. */
    private FunctionDeployment attempt() throws InterruptedException {
        Environment environment = new Environment("staging", REF, standIn.managementUrl(), null, null);
        ManagementOptions hasty = ManagementOptions.DEFAULT.withRetryFor(Duration.ofMillis(1));
        try (ManagementClient own =
                new ManagementClient(environment, new SecretText(standIn.accessToken()), line -> {}, hasty)) {
            FunctionPlan plan = FunctionPlanner.plan(project(), own.functions(), record, false);
            FunctionDeployer deployer = new FunctionDeployer(own, line -> {}, SETTLING);
            FunctionBundles bundles = deployer.bundle(plan);
            FunctionSnapshot snapshot = FunctionSnapshot.take(own, bundles, line -> {});
            BlueGreen blueGreen = new BlueGreen(own, line -> {}, SETTLING);
            FunctionDeployment done =
                    blueGreen.switchOver(blueGreen.stage(bundles), snapshot, scratch.resolve("run" + run++));
            deployer.prune(plan);
            if (!bundles.bringAnything()) {
                deployer.cleanUp(plan);
            }
            return done;
        }
    }

    private Map<String, String> called() {
        return platform.live().stream()
                .filter(function -> !function.slug().contains("--"))
                .collect(Collectors.toMap(StandInFunction::slug, StandInFunction::ezbrSha256));
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatDiesAtAnyCallLeavesNothingHalf(Loss loss) throws Exception {
        int died = 0;
        for (int call = 0; ; call++) {
            Map<String, String> before = called();
            write("a/index.ts", "// a changed before call " + call);
            write("b/index.ts", "// b changed before call " + call);
            standIn.faults().from(call, "* /**", loss.fault);
            boolean ended = true;
            try {
                attempt();
            } catch (DeliveryException e) {
                ended = false;
            }
            standIn.faults().clear();
            Map<String, String> left = called();
            FunctionDeployment finished = attempt();

            assertThat(called()).as("after call %d", call).isNotEqualTo(before);
            assertThat(left).as("left at call %d", call).isIn(before, called());
            assertThat(live()).as("after call %d", call).allMatch(slug -> !slug.endsWith("--next"));
            record = finished.record();
            if (ended) {
                assertThat(died).as("calls at which it died").isGreaterThan(12);
                return;
            }
            died++;
        }
    }
}
