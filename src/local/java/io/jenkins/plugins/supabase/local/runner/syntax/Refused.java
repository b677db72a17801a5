package io.jenkins.plugins.supabase.local.runner.syntax;

import java.util.Map;
import java.util.Optional;

/** What Jenkins has and the local runner does not, each with what to do instead. */
final class Refused {
    private static final Map<String, String> STEPS = Map.ofEntries(
            Map.entry(
                    "withCredentials",
                    "the plugin's steps find their credentials by the environment's configuration;"
                            + " bind others with the declarative X = credentials('id')"),
            Map.entry("parallel", "run the branches one after another"),
            Map.entry("matrix", "write its stages out"),
            Map.entry("library", "there are no shared libraries here"),
            Map.entry("load", "there is only one Jenkinsfile"),
            Map.entry("build", "there are no other jobs here"),
            Map.entry("stash", "there is only one workspace"),
            Map.entry("unstash", "there is only one workspace"),
            Map.entry("archiveArtifacts", "there is nowhere to archive; the files stay in the workspace"),
            Map.entry("junit", "there is no test report here"),
            Map.entry("publishHTML", "there are no build pages here"),
            Map.entry("properties", "declare parameters with the declarative 'parameters', or pass them with --param"),
            Map.entry("git", "check out with sh, or use 'checkout scm', which takes the workspace as it is"),
            Map.entry("lock", "there are no lockable resources here; supabaseDeploy locks its environment by itself"),
            Map.entry("milestone", "there is only one run here"),
            Map.entry("waitUntil", "use retry or a loop"),
            Map.entry("ws", "use dir"),
            Map.entry("tool", "there are no tool installations here; put the tool on the PATH"),
            Map.entry("withMaven", "call mvn with sh"),
            Map.entry("bat", "use sh"),
            Map.entry("powershell", "use sh"),
            Map.entry("pwsh", "use sh"),
            Map.entry("emailext", "there is no mail server configured here"),
            Map.entry("mail", "there is no mail server configured here"),
            Map.entry("slackSend", "there is no Slack configured here"),
            Map.entry("httpRequest", "call curl with sh"),
            Map.entry("readJSON", "use groovy.json.JsonSlurperClassic on readFile"),
            Map.entry("readYaml", "read the file with sh"),
            Map.entry("script", "it belongs inside a declarative 'steps' block"),
            Map.entry("wrap", "build wrappers need a controller"),
            Map.entry("step", "build steps of other plugins need a controller"),
            Map.entry("container", "pods need a controller"),
            Map.entry("podTemplate", "pods need a controller"),
            Map.entry("sshagent", "there is no agent for keys here; use ssh with sh"),
            Map.entry("ansiColor", "colours are passed on as they are"),
            Map.entry("docker", "containers need a controller; call docker with sh"));

    private static final Map<String, String> DIRECTIVES = Map.ofEntries(
            Map.entry("tools", "there are no tool installations here; put the tool on the PATH"),
            Map.entry("libraries", "there are no shared libraries here"),
            Map.entry("failFast", "there are no parallel stages here"),
            Map.entry("checkoutToSubdirectory", "the workspace is taken as it is"),
            Map.entry("tag", "use expression { env.TAG_NAME … }"),
            Map.entry("buildingTag", "use expression { env.TAG_NAME != null }"),
            Map.entry("changeRequest", "use expression { env.CHANGE_ID != null }"),
            Map.entry("changeset", "use expression with sh and git diff"),
            Map.entry("changelog", "use expression with sh and git log"),
            Map.entry("triggeredBy", "here it is always a person who starts a run"),
            Map.entry("isRestartedRun", "a run cannot be restarted here"),
            Map.entry("lock", "there are no lockable resources here"),
            Map.entry("notBuilt", "a run that is not built is not run here"),
            Map.entry("credentials", "bind credentials with X = credentials('id') in 'environment'"),
            Map.entry("file", "file parameters need a controller"),
            Map.entry("run", "run parameters need a controller"));

    private Refused() {}

    static Optional<String> step(String name) {
        return Optional.ofNullable(STEPS.get(name))
                .map(reason -> "'" + name + "' is not supported by the local runner: " + reason);
    }

    static Optional<String> directive(String name) {
        return Optional.ofNullable(DIRECTIVES.get(name))
                .map(reason -> "'" + name + "' is not supported by the local runner: " + reason);
    }
}
