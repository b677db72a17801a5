package io.jenkins.plugins.supabase.pages;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import java.io.File;
import java.nio.file.Path;

/** A build with a folder of its own. */
public final class TestRun extends Run<TestRun.TestJob, TestRun> {
    static final class TestJob extends Job<TestJob, TestRun> {
        TestJob() {
            super((ItemGroup) null, "job");
        }
    }

    private final Path folder;

    public TestRun(Path folder) {
        super(new TestJob(), 0);
        this.folder = folder;
    }

    @Override
    public File getRootDir() {
        return folder.toFile();
    }
}
