package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function as it ran when a snapshot was taken.
 *
 * @param metadata what the platform listed
 * @param sources  null where they could not be kept
 * @param missing  why they were not, as it reads after "because"; null where they were
 */
record KeptFunction(DeployedFunction metadata, OriginalSources sources, String missing) {
    String slug() {
        return metadata.slug();
    }

    /**
     * Writes the sources to disk, for an upload.
     *
     * @param slug   to deploy it under
     * @param folder of its own; files get numbers for names there, since theirs may point anywhere
     */
    EdgeFunction unpack(String slug, Path folder) {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : sources.files().entrySet()) {
                Path path = folder.resolve(Integer.toString(files.size()));
                Files.write(path, file.getValue());
                files.add(new SourceFile(file.getKey(), path, file.getValue().length));
            }
        } catch (IOException e) {
            throw new DeliveryException(("The sources of the edge function %s could not be written to %s (%s). Nothing "
                            + "was changed by this. Make room on the agent's disk, and try again.")
                    .formatted(slug, folder, e.getMessage()), e);
        }
        return new EdgeFunction(
                slug, sources.entrypoint(), sources.importMap(), sources.staticFiles(), metadata.verifyJwt(), files);
    }
}
