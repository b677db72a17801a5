package io.jenkins.plugins.supabase.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.security.Permission;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentials;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentialsProvider;
import io.jenkins.plugins.supabase.pages.EnvironmentNews;
import io.jenkins.plugins.supabase.pages.TestRun;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jenkinsci.plugins.workflow.steps.StepContext;

class AgentOperationExecutionTest {
    private static final Map<String, Work> WORK = new ConcurrentHashMap<>();

    private final RecordingStepContext context = new RecordingStepContext();

    @BeforeEach
    void configure() {
        EnvironmentConfiguration environment = new EnvironmentConfiguration("staging");
        environment.setProjectRef("abcdefghijklmnopqrst");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(environment));
    }

    @Test
    void returnsWhatTheOperationReturns() throws Exception {
        Execution execution = execution("staging", progress -> {
            progress.line("working");
            return "done";
        });

        assertThat(execution.start()).isFalse();

        assertThat(context.result()).isEqualTo("done");
        assertThat(context.log()).contains("working");
    }

    @Test
    void failureForPeopleBecomesAnAbortWithoutCauses() throws Exception {
        execution("staging", progress -> {
                    throw new DeliveryException("what happened", new IllegalStateException("detail"));
                })
                .start();

        assertThat(context.failure())
                .isInstanceOf(AbortException.class)
                .hasMessage("what happened")
                .hasNoCause();
    }

    @Test
    void unknownEnvironmentFailsBeforeAnythingIsSent() throws Exception {
        execution("production", progress -> {
                    throw new AssertionError("must not run");
                })
                .start();

        assertThat(context.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no environment \"production\"")
                .hasMessageContaining("there are staging");
    }

    @Test
    void stopInterruptsTheOperationAndWaitsForItsLastWords() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Execution execution = execution("staging", progress -> {
            started.countDown();
            try {
                Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            } catch (InterruptedException e) {
                progress.line("rolled back");
                throw e;
            }
            return "not reached";
        });
        execution.start();
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

        execution.stop(new AbortException("aborted by somebody"));

        assertThat(context.failure()).hasMessage("aborted by somebody");
        assertThat(context.log()).contains("rolled back");
    }

    @Test
    void lostConnectionStartsTheOperationAgain() throws Exception {
        Execution execution = execution("staging", new Work() {
            private int attempt;

            @Override
            public synchronized Serializable run(Progress progress) throws Exception {
                if (++attempt == 1) {
                    throw new ChannelClosedException(null, "the agent is gone", null);
                }
                return "attempt " + attempt;
            }
        });

        execution.start();

        assertThat(context.result()).isEqualTo("attempt 2");
        assertThat(execution.isGoingOn()).isTrue();
        assertThat(context.log()).contains("connection to the agent was lost");
    }

    @Test
    void resumeStartsTheOperationAgain() throws Exception {
        Execution execution = execution("staging", progress -> "finished");

        execution.onResume();

        assertThat(context.result()).isEqualTo("finished");
        assertThat(execution.isGoingOn()).isTrue();
        assertThat(context.log()).contains("controller was restarted");
    }

    @Test
    void tellsWhichCredentialsItUsesOnceThoughItRunsAgain(@TempDir Path folder) throws Exception {
        EnvironmentConfiguration environment = new EnvironmentConfiguration("staging");
        environment.setProjectRef("abcdefghijklmnopqrst");
        environment.setAccessTokenCredentialsId("token");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(environment));
        context.with(Run.class, new TestRun(folder));
        List<AuditEvent> heard = new CopyOnWriteArrayList<>();
        EnvironmentNews listener = new EnvironmentNews() {
            @Override
            public void happened(String name, AuditEvent event, UUID id) {
                heard.add(event);
            }
        };
        ExtensionList.lookup(EnvironmentNews.class).add(listener);
        AtomicInteger attempts = new AtomicInteger();
        try (LocalCredentialsProvider ignored = LocalCredentialsProvider.register(
                List.of(new LocalCredentials.Text("token", "", Secret.fromString("the-very-secret"))))) {
            execution("staging", progress -> {
                        assertThat(heard).hasSize(1);
                        if (attempts.incrementAndGet() == 1) {
                            throw new ChannelClosedException(null, "the agent is gone", null);
                        }
                        return "done";
                    })
                    .start();
            assertThat(context.result()).isEqualTo("done");
        } finally {
            ExtensionList.lookup(EnvironmentNews.class).remove(listener);
        }

        assertThat(attempts).hasValue(2);
        assertThat(heard).singleElement().satisfies(event -> assertThat(event.toString())
                .contains("credentials.used", "environment/staging", "\"step\":\"operate\"", "\"id\":\"token\"")
                .doesNotContain("the-very-secret"));
    }

    private Execution execution(String environment, Work work) {
        Execution execution = new Execution(context, environment);
        WORK.put(execution.operationId(), work);
        return execution;
    }

    private interface Work {
        Serializable run(Progress progress) throws Exception;
    }

    private static final class Execution extends AgentOperationExecution {
        private static final long serialVersionUID = 1L;

        private final String environment;

        Execution(StepContext context, String environment) {
            super(context);
            this.environment = environment;
        }

        @Override
        Permission[] permissions() {
            return new Permission[] {Permissions.DEPLOY};
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            return new Call(operationId(), getContext().get(TaskListener.class));
        }

        @Override
        void completed(Serializable result) {
            getContext().onSuccess(result);
        }

        @Override
        String environmentName() {
            return environment;
        }

        @Override
        String step() {
            return "operate";
        }

        @Override
        boolean needsWorkspace() {
            return false;
        }
    }

    private static final class Call extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final String id;

        Call(String operationId, TaskListener listener) {
            super(operationId, listener);
            this.id = operationId;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            try {
                return WORK.get(id).run(progress);
            } catch (InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw AgentOperationExecutionTest.<RuntimeException>sneaky(e);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable e) throws E {
        throw (E) e;
    }
}
