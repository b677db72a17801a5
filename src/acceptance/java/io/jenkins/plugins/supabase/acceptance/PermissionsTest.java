package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.Permission;
import hudson.security.PermissionScope;
import io.jenkins.plugins.supabase.config.Permissions;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may let a build deploy, and who sees the names of environments. */
@WithJenkins
class PermissionsTest {
    private JenkinsRule jenkins;
    private SupabaseServers servers;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        servers = new SupabaseServers();
        servers.configureJenkins();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("dev", "deployer", "viewer")
                .grant(Permissions.DEPLOY)
                .everywhere()
                .to("deployer")
                .grant(Permissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void areKnownToJenkinsAndCanBeGivenForAJob() {
        assertThat(Permissions.GROUP.getPermissions())
                .extracting(permission -> permission.name)
                .containsExactlyInAnyOrder(
                        "Configure", "EmergencyPromote", "Promote", "Deploy", "Restore", "Backup", "View")
                .allSatisfy(name -> assertThat(Permission.fromId(Permissions.class.getName() + "." + name))
                        .isNotNull());
        assertThat(Permissions.GROUP.getPermissions())
                .filteredOn(permission -> !permission.isContainedBy(PermissionScope.ITEM_GROUP))
                .containsExactly(Permissions.CONFIGURE);
        assertThat(Permissions.GROUP.getPermissions()).allSatisfy(permission -> {
            assertThat(permission.description.toString()).endsWith(".");
            assertThat(implied(permission)).isTrue();
        });
        assertThat(Permissions.GROUP.title).hasToString("Supabase");
    }

    private static boolean implied(Permission permission) {
        for (Permission above = permission; above != null; above = above.impliedBy) {
            if (above.equals(Jenkins.ADMINISTER)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void buildOfAUserNeedsTheUsersPermission() throws Exception {
        String deploy = "supabaseDeploy environment: 'staging'";

        WorkflowRun refused = build("dev", Result.FAILURE, deploy);
        jenkins.assertLogContains("This build runs as dev, who has no permission Supabase/Deploy on its job", refused);
        jenkins.assertLogNotContains("\tat ", refused);
        build("viewer", Result.FAILURE, deploy);
        build("viewer", Result.FAILURE, "rollbackDeployment environment: 'staging'");
        assertThat(servers.query("select to_regclass('public.polls') is null")).containsExactly("t");

        build("deployer", Result.SUCCESS, deploy);
        assertThat(servers.query("select to_regclass('public.polls') is null")).containsExactly("f");
    }

    @Test
    void planningNeedsThePermissionToSee() throws Exception {
        build("dev", Result.FAILURE, "supabasePlan environment: 'staging'");
        build("viewer", Result.SUCCESS, "supabasePlan environment: 'staging'");
        build("deployer", Result.SUCCESS, "supabasePlan environment: 'staging'");
    }

    @Test
    void buildThatRunsAsTheSystemMayDoEverything() throws Exception {
        build(null, Result.SUCCESS, "supabaseDeploy environment: 'staging'");
    }

    @Test
    void formTellsNamesOnlyToThoseWhoMaySee() throws Exception {
        assertThat(environmentsOfTheForm("dev")).doesNotContain("staging");
        assertThat(environmentsOfTheForm("viewer")).contains("staging");
    }

    private String environmentsOfTheForm(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(
                client.createCrumbedUrl("descriptorByName/io.jenkins.plugins.supabase.steps.SupabaseDeployStep"
                        + "/fillEnvironmentItems"),
                HttpMethod.POST);
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    /** @param user whom the build runs as; null for the system */
    private WorkflowRun build(String user, Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node {\nwriteFile file: 'supabase/migrations/1_polls.sql', text: 'create table polls (id bigint);'\n"
                        + script + "\n}",
                true));
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        if (user != null) {
            QueueItemAuthenticatorConfiguration.get()
                    .getAuthenticators()
                    .add(new MockQueueItemAuthenticator().authenticate(
                            job.getFullName(), User.getOrCreateByIdOrFullName(user).impersonate2()));
        }
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }
}
