package io.jenkins.plugins.supabase.approval;

import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** A file for each promotion that waits, in Jenkins' home directory: what waits is known without looking through builds. */
final class WaitingNotes {
    private static final Logger LOGGER = Logger.getLogger(WaitingNotes.class.getName());
    private static final String FOLDER = "supabase-delivery/promotions-waiting";
    private static final String SUFFIX = ".xml";

    private WaitingNotes() {}

    static void keep(WaitingNote note) throws IOException {
        file(note.id()).write(note);
    }

    static List<WaitingNote> all() {
        File[] files = folder().listFiles((folder, name) -> name.endsWith(SUFFIX));
        List<WaitingNote> notes = new ArrayList<>();
        for (File file : files == null ? new File[0] : files) {
            try {
                notes.add((WaitingNote) new XmlFile(file).read());
            } catch (IOException | ClassCastException e) {
                LOGGER.log(Level.WARNING, file + " is left out: what it tells of waits only once its build is loaded", e);
            }
        }
        return notes;
    }

    static void remove(String id) {
        try {
            Files.deleteIfExists(file(id).getFile().toPath());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Left for the next start: " + id, e);
        }
    }

    private static XmlFile file(String id) {
        return new XmlFile(new File(folder(), id + SUFFIX));
    }

    private static File folder() {
        return new File(Jenkins.get().getRootDir(), FOLDER);
    }
}
