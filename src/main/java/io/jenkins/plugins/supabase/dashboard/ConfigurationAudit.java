package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Tells the audit chains what administrators change. What was last told of is a copy beside the configuration itself, so
 * that a change is seen that was made by a file while Jenkins was down.
 */
@Extension
public class ConfigurationAudit extends SaveableListener {
    private static final Logger LOGGER = Logger.getLogger(ConfigurationAudit.class.getName());
    private static final String COPY = "supabase-delivery/configuration-seen.xml";

    @Override
    public synchronized void onChange(Saveable saved, XmlFile file) {
        if (!(saved instanceof SupabaseDeliveryConfiguration)) {
            return;
        }
        try {
            look(file.getFile(), Jenkins.get().getRootDir().toPath().resolve(COPY));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "A change of the configuration cannot be told to the audit chains", e);
        }
    }

    private static void look(File now, Path seen) throws IOException {
        byte[] before = read(seen);
        byte[] after = Files.readAllBytes(now.toPath());
        String actor = Jenkins.getAuthentication2().getName();
        ConfigurationDifference.of(before, after)
                .forEach(changed -> ConfigurationEvents.add(actor, changed));
        Files.createDirectories(seen.getParent());
        Path next = seen.resolveSibling(seen.getFileName() + ".next");
        Files.write(next, after);
        Files.move(next, seen, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return empty where nothing was seen yet */
    private static byte[] read(Path seen) throws IOException {
        try {
            return Files.readAllBytes(seen);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
