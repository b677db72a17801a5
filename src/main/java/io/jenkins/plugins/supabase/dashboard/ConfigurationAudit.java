package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Changed;
import io.jenkins.plugins.supabase.notice.GateNoticesConfiguration;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
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
    private static final String SEEN = "supabase-delivery/configuration-seen.xml";
    private static final String NOTICES_SEEN = "supabase-delivery/notices-seen.xml";
    private static final byte[] NOTHING = "<configuration/>".getBytes(StandardCharsets.UTF_8);

    @Override
    public synchronized void onChange(Saveable saved, XmlFile file) {
        boolean notices = saved instanceof GateNoticesConfiguration;
        if (!notices && !(saved instanceof SupabaseDeliveryConfiguration)) {
            return;
        }
        try {
            Path home = Jenkins.get().getRootDir().toPath();
            String actor = Jenkins.getAuthentication2().getName();
            look(
                    file.getFile(),
                    home.resolve(notices ? NOTICES_SEEN : SEEN),
                    home.resolve(SEEN),
                    changed -> ConfigurationEvents.add(actor, changed));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "A change of the configuration cannot be told to the audit chains", e);
        }
    }

    /**
     * A home that is as old as the environments has seen all of their notifiers; one that began just now has seen
     * nothing, and takes what it finds for what was there before.
     *
     * @param told of what differs, before that counts as seen
     */
    static void look(File now, Path seen, Path environmentsSeen, Consumer<Changed> told) throws IOException {
        byte[] before = Files.exists(seen) || !Files.exists(environmentsSeen) ? read(seen) : NOTHING;
        byte[] after = Files.readAllBytes(now.toPath());
        ConfigurationDifference.of(before, after).forEach(told);
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
