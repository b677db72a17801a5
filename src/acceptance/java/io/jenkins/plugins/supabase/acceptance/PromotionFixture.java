package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.supabase.config.Permissions;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A Jenkins with people in it, who start promotions and decide about them over HTTP. */
final class PromotionFixture {
    static final String PAGE = "supabase-promotion";
    private static final String DEPLOY = """
            node {
              writeFile file: 'supabase/migrations/1_polls.sql', text: 'create table polls (id bigint primary key);'
              writeFile file: 'supabase/functions/hello/index.ts', text: 'Deno.serve(() => new Response("%s"))'
              writeFile file: 'supabase/config.toml',
                        text: 'project_id = "votes"\\n[auth]\\nsite_url = "https://votes.example"\\n'
              supabaseDeploy environment: 'staging', version: '%s'
            }
            """;

    private final JenkinsRule jenkins;

    PromotionFixture(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** dev starts; alice, bob and carol may decide where the gate lets them; dave may only read. */
    void people() {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "release-managers");
        realm.addGroups("bob", "release-managers");
        realm.addGroups("carol", "dba");
        jenkins.jenkins.setSecurityRealm(realm);
        // Whoever starts a build has logged in before.
        User.getById("dev", true);
        User.getById("erin", true);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CANCEL, Computer.BUILD, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("dev", "alice", "bob", "carol", "dave", "erin")
                .grant(Permissions.PROMOTE)
                .everywhere()
                .to("dev", "alice", "bob", "carol")
                .grant(Permissions.EMERGENCY_PROMOTE)
                .everywhere()
                .to("erin")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    void deploy(String version) throws Exception {
        WorkflowJob job = job("deploy");
        job.setDefinition(new CpsFlowDefinition(DEPLOY.formatted(version, version), true));
        jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());
    }

    /** @param author as git writes it */
    void deployCommitOf(String author, String version) throws Exception {
        String commit = "sh 'git init -q . && git add supabase && git -c user.name=ci -c user.email=ci@ci.test"
                + " commit -q --author \"" + author + "\" -m release'\n  ";
        WorkflowJob job = job("deploy");
        job.setDefinition(new CpsFlowDefinition(
                DEPLOY.formatted(version, version).replace("supabaseDeploy", commit + "supabaseDeploy"), true));
        jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());
    }

    WorkflowJob job(String name) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        return job == null ? jenkins.createProject(WorkflowJob.class, name) : job;
    }

    /** @param starter id of a user; null for a timer */
    WorkflowRun start(String starter, String script) throws Exception {
        return start("promote", starter, script);
    }

    WorkflowRun start(String name, String starter, String script) throws Exception {
        WorkflowJob job = job(name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return starter == null
                ? job.scheduleBuild2(0).waitForStart()
                : job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(starter))).waitForStart();
    }

    WorkflowRun startAndWait(String starter, String script) throws Exception {
        WorkflowRun run = start(starter, script);
        awaitStatus(run, "waiting");
        return run;
    }

    WorkflowRun finish(Result expected, WorkflowRun run) throws Exception {
        jenkins.waitForCompletion(run);
        return (WorkflowRun) jenkins.assertBuildStatus(expected, run);
    }

    void awaitStatus(WorkflowRun run, String status) throws Exception {
        String seen = null;
        for (int i = 0; i < 600; i++) {
            WebResponse response = get("admin", run, "json");
            if ("application/json".equals(response.getContentType())) {
                seen = JSONObject.fromObject(response.getContentAsString()).getString("status");
                if (status.equals(seen)) {
                    return;
                }
            }
            if (!run.isLogUpdated()) {
                break;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The promotion is " + seen + " instead of " + status + ":\n" + run.getLog());
    }

    /** Waits until it asks again. */
    void awaitVoided(WorkflowRun run) throws Exception {
        for (int i = 0; i < 600; i++) {
            JSONObject json = json("admin", run);
            if (json.getJSONArray("voided").size() > 0 && "waiting".equals(json.getString("status"))) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("It does not ask again:\n" + run.getLog());
    }

    JSONObject json(String user, WorkflowRun run) throws Exception {
        WebResponse response = get(user, run, "json");
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(200);
        return JSONObject.fromObject(response.getContentAsString());
    }

    String digest(WorkflowRun run) throws Exception {
        return json("admin", run).getString("planDigest");
    }

    private WebResponse get(String user, WorkflowRun run, String path) throws Exception {
        return client(user).getPage(new WebRequest(address(run, path))).getWebResponse();
    }

    URL address(WorkflowRun run, String path) throws Exception {
        return new URL(jenkins.getURL(), run.getUrl() + PAGE + "/" + path);
    }

    /** By the user's password, so with a crumb. */
    WebResponse approve(String user, WorkflowRun run) throws Exception {
        return post(user, run, "approve", "planDigest", digest(run), "comment", "looked at it");
    }

    WebResponse reject(String user, WorkflowRun run, String reason) throws Exception {
        return post(user, run, "reject", "planDigest", digest(run), "reason", reason);
    }

    WebResponse post(String user, WorkflowRun run, String path, String... parameters) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(address(run, path), HttpMethod.POST);
        request.setRequestParameters(List.of(
                new NameValuePair(parameters[0], parameters[1]), new NameValuePair(parameters[2], parameters[3])));
        return client.getPage(client.addCrumb(request)).getWebResponse();
    }

    /** By an API token, as a program does it: without a login, and without a crumb. */
    WebResponse approveByToken(String user, WorkflowRun run, String digest) throws Exception {
        ApiTokenProperty tokens = User.getById(user, true).getProperty(ApiTokenProperty.class);
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withBasicCredentials(user, tokens.generateNewToken("test").plainValue);
        WebRequest request = new WebRequest(address(run, "approve"), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("planDigest", digest)));
        return client.getPage(request).getWebResponse();
    }

    JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        return user == null ? client : client.login(user);
    }
}
