package io.jenkins.plugins.supabase.acceptance;

import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.steps.AskedGate;
import io.jenkins.plugins.supabase.steps.CreateRestorePointStep;
import io.jenkins.plugins.supabase.steps.ListBackupsStep;
import io.jenkins.plugins.supabase.steps.PromoteEnvironmentStep;
import io.jenkins.plugins.supabase.steps.PruneBackupsStep;
import io.jenkins.plugins.supabase.steps.RestoreBackupStep;
import io.jenkins.plugins.supabase.steps.RestoreManagedBackupStep;
import io.jenkins.plugins.supabase.steps.RollbackDeploymentStep;
import io.jenkins.plugins.supabase.steps.RunBackupStep;
import io.jenkins.plugins.supabase.steps.SupabaseDeployStep;
import io.jenkins.plugins.supabase.steps.SupabasePlanStep;
import io.jenkins.plugins.supabase.steps.SyncBackupsStep;
import io.jenkins.plugins.supabase.steps.VerifyBackupStep;
import io.jenkins.plugins.supabase.steps.VerifyHealthStep;
import io.jenkins.plugins.supabase.steps.VerifyLedgerStep;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps' forms, as the Snippet Generator shows them. */
@WithJenkins
class StepFormsTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        EnvironmentConfiguration staging = new EnvironmentConfiguration("staging");
        staging.setProjectRef("abcdefghijklmnopqrst");
        EnvironmentConfiguration production = new EnvironmentConfiguration("production");
        production.setProjectRef("abcdefghijklmnopqrst");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(staging, production));
    }

    @Test
    void deployStepKeepsItsArguments() throws Exception {
        SupabaseDeployStep step = new SupabaseDeployStep("production");
        step.setDirectory("backend/supabase");
        step.setVersion("1.2.0");
        step.setSkipFunctions(true);
        step.setPrune(true);
        step.setTrace(true);
        step.setAcceptDrift(true);
        step.setOnFailure("stop");
        step.setStrategy("blueGreen");
        step.setVerify(false);
        step.setSecrets(Map.of("STRIPE_KEY", "stripe"));
        step.setCredentials(Map.of("SMTP_PASS", "smtp"));

        SupabaseDeployStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, kept);
    }

    @Test
    void promotionStepKeepsItsArguments() throws Exception {
        PromoteEnvironmentStep step = new PromoteEnvironmentStep("staging", "production");
        step.setApproval("input");
        AskedGate gate = new AskedGate();
        gate.setApprovals(2);
        gate.setApprovers(List.of("group:Release Managers", "user:ada"));
        gate.setSoak("24h");
        gate.setNoDrift(true);
        step.setGate(gate);
        step.setEmergency(true);
        step.setReason("the site is down");
        step.setRestorePoint("ifPossible");
        step.setPrune(true);
        step.setSecrets(Map.of("STRIPE_KEY", "stripe"));

        PromoteEnvironmentStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualBeans(step, kept, "from,to,emergency,reason,restorePoint,prune,verify,onFailure,strategy,secrets");
        jenkins.assertEqualBeans(
                gate, kept.getGate(), "approvals,approvers,oneFromEach,soak,backupMaxAge,noDrift,maxSeverity,expiry");
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(
                new PromoteEnvironmentStep("staging", "production"), "promoteEnvironment from: 'staging', to: 'production'");
    }

    @Test
    void planStepKeepsItsArguments() throws Exception {
        SupabasePlanStep step = new SupabasePlanStep("production");
        step.setRelease("1.1.0");
        step.setFailOn("warning");
        step.setFailOnDrift(true);
        step.setSecrets(Map.of("STRIPE_KEY", "stripe"));

        SupabasePlanStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, kept);
    }

    @Test
    void rollbackAndLedgerStepsKeepTheirArguments() throws Exception {
        RollbackDeploymentStep rollback = new RollbackDeploymentStep("production");
        rollback.setTo("1.1.0");
        rollback.setSecrets(Map.of("STRIPE_KEY", "stripe"));
        rollback.setVerify(false);
        VerifyLedgerStep ledger = new VerifyLedgerStep("production");
        ledger.setHead("12:" + "ab".repeat(32));
        ledger.setUnstableOnly(true);

        jenkins.assertEqualDataBoundBeans(rollback, new StepConfigTester(jenkins).configRoundTrip(rollback));
        jenkins.assertEqualDataBoundBeans(ledger, new StepConfigTester(jenkins).configRoundTrip(ledger));
    }

    @Test
    void stepsAboutBackupsKeepTheirArguments() throws Exception {
        RunBackupStep backup = new RunBackupStep("production");
        backup.setDestinations(List.of("near", "far"));
        backup.setMinDestinations(2);
        backup.setRegions(2);
        backup.setConnections(4);
        VerifyBackupStep verify = new VerifyBackupStep("production");
        verify.setId("000001-20261124T210907Z-d2b9");
        verify.setDepth("restore");
        verify.setRepair(true);
        verify.setUnstableOnly(true);
        RestoreBackupStep restore = new RestoreBackupStep("production");
        restore.setMode("inPlace");
        restore.setRecentBackup("30min");
        restore.setTo("staging");
        restore.setDatabase("restored");
        restore.setConfirm("staging/restored");
        restore.setStorage(true);
        restore.setOverwriteObjects(true);
        restore.setConfig("folder");
        restore.setTables(List.of("public.orders", "public.people"));
        restore.setMask(Map.of("auth.users.email", "hash", "public.people.name", "text:Some: body"));
        RestoreManagedBackupStep managed = new RestoreManagedBackupStep("production");
        managed.setId(1574752038L);
        managed.setRestorePoint("required");
        managed.setTimeout("2h");
        managed.setConfirm("replace production");
        RestoreManagedBackupStep moment = new RestoreManagedBackupStep("production");
        moment.setTime("2026-11-30T21:15:00Z");
        moment.setToRestorePoint("before-import");
        CreateRestorePointStep point = new CreateRestorePointStep("production");
        point.setName("before-import");
        SyncBackupsStep sync = new SyncBackupsStep("production");
        sync.setTo("far");
        PruneBackupsStep prune = new PruneBackupsStep("production");
        prune.setKeep("daily 7");
        prune.setDryRun(true);

        for (Step step : List.of(
                backup, verify, restore, managed, moment, point, sync, prune, new ListBackupsStep("production"))) {
            jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
        }
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(new RunBackupStep("production"), "runBackup 'production'");
        snippets.assertRoundTrip(new VerifyBackupStep("production"), "verifyBackup 'production'");
        snippets.assertRoundTrip(sync, "syncBackups environment: 'production', to: 'far'");
    }

    @Test
    void healthStepKeepsItsArguments() throws Exception {
        VerifyHealthStep step = new VerifyHealthStep("production");
        step.setFunctions(List.of("update-votes", "hello"));
        step.setServices(List.of("auth", "rest"));
        step.setTable("polls");
        step.setTimeout(30);
        step.setUnstableOnly(true);

        VerifyHealthStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, kept);
    }

    @Test
    void snippetsNameWhatDiffersFromTheDefault() throws Exception {
        SnippetizerTester tester = new SnippetizerTester(jenkins);
        tester.assertRoundTrip(new SupabaseDeployStep("staging"), "supabaseDeploy 'staging'");
        VerifyHealthStep health = new VerifyHealthStep("staging");
        health.setTable("polls");
        health.setUnstableOnly(true);
        tester.assertRoundTrip(health, "verifyHealth environment: 'staging', table: 'polls', unstableOnly: true");
        SupabaseDeployStep deploy = new SupabaseDeployStep("staging");
        deploy.setSecrets(Map.of("STRIPE_KEY", "stripe"));
        deploy.setRestorePoint("ifPossible");
        tester.assertRoundTrip(
                deploy,
                "supabaseDeploy environment: 'staging', restorePoint: 'ifPossible', secrets: [STRIPE_KEY: 'stripe']");
        SupabasePlanStep plan = new SupabasePlanStep("staging");
        plan.setFailOn("danger");
        tester.assertRoundTrip(plan, "supabasePlan environment: 'staging', failOn: 'danger'");
        tester.assertRoundTrip(new RollbackDeploymentStep("staging"), "rollbackDeployment 'staging'");
        tester.assertRoundTrip(new VerifyLedgerStep("staging"), "verifyLedger 'staging'");
    }
}
