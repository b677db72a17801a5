package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that keeps objects.
 *
 * @param path absolute, on the machine where the work is done; created by nobody but the administrator
 * @param bandwidth as {@link Bandwidth} takes it; null for no limit
 */
public record FolderSettings(String name, String region, String path, String bandwidth) implements DestinationSettings {
    private static final long serialVersionUID = 1L;

    public FolderSettings {
        name = DestinationSettings.blankToNull(name);
        region = DestinationSettings.blankToNull(region);
        path = DestinationSettings.blankToNull(path);
        bandwidth = DestinationSettings.blankToNull(bandwidth);
    }

    /** One without a limit. */
    public FolderSettings(String name, String region, String path) {
        this(name, region, path, null);
    }

    @Override
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        String nameProblem = DestinationSettings.nameProblem(name);
        if (nameProblem != null) {
            problems.add(new SettingProblem("name", nameProblem));
        }
        String pathProblem = pathProblem();
        if (pathProblem != null) {
            problems.add(new SettingProblem("path", pathProblem));
        }
        String bandwidthProblem = Bandwidth.problem(bandwidth);
        if (bandwidthProblem != null) {
            problems.add(new SettingProblem("bandwidth", bandwidthProblem));
        }
        return problems;
    }

    /** Says nothing of whether the folder is there: the agent that will use it is another machine. */
    private String pathProblem() {
        if (path == null) {
            return "A folder needs a path, such as /mnt/archive/releases.";
        }
        // An agent may run Windows while the controller does not.
        boolean absolute = path.startsWith("/") || path.startsWith("\\\\") || path.matches("[A-Za-z]:[\\\\/].*");
        return absolute && path.indexOf('\0') < 0
                ? null
                : "\"" + path + "\" is not absolute: it would be another folder for every job. Begin it at the root.";
    }

    @Override
    public Destination opened() {
        try {
            return new FolderDestination(name, region, Path.of(path), Throttle.of(bandwidth));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "The destination \"%s\" is not usable: path: \"%s\" cannot be written on this machine (%s)."
                            .formatted(name, path, e.getReason()),
                    e);
        }
    }
}
