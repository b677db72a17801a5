package io.jenkins.plugins.supabase.approval;

import hudson.XmlFile;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import java.io.File;
import java.io.IOException;

/**
 * Two files beside the build: what is decided on, which is large and stays, and how it stands, which is small and is
 * written with each decision. Each is replaced as a whole, so that a crash leaves the old or the new one.
 */
final class ApprovalFiles {
    private final XmlFile planned;
    private final XmlFile record;

    /** @param name of the page in its build */
    ApprovalFiles(File folder, String name) {
        this.planned = new XmlFile(new File(folder, name + "-plan.xml"));
        this.record = new XmlFile(new File(folder, name + ".xml"));
    }

    void write(PlannedPromotion value) throws IOException {
        planned.write(value);
    }

    void write(ApprovalRecord value) throws IOException {
        record.write(value);
    }

    /** @throws IOException also if it was deleted */
    PlannedPromotion readPlanned() throws IOException {
        return (PlannedPromotion) planned.read();
    }

    /** @throws IOException also if it was deleted */
    ApprovalRecord readRecord() throws IOException {
        return (ApprovalRecord) record.read();
    }

    boolean exist() {
        return record.exists() && planned.exists();
    }
}
