package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;

/** Asks git what a folder holds, and does without it where it cannot answer. */
final class SourceReader {
    private SourceReader() {}

    /** @param folder with no symbolic link on its way */
    static SourceTree read(Path folder) throws IOException, InterruptedException {
        Git git = new Git(folder);
        Git.Result prefix;
        try {
            prefix = git.run("rev-parse", "--show-prefix");
        } catch (IOException e) {
            return PlainFolder.cloneAround(folder) == null
                    ? without("%s is in no git work tree".formatted(folder), folder)
                    : without("there is no git executable on this machine", folder);
        }
        if (prefix.exit() != 0) {
            return without(reason(prefix.error(), folder), folder);
        }
        String path = prefix.text().replaceAll("\\R$", "");
        if (!path.isEmpty() && git.run("check-ignore", "--quiet", "--", ".").exit() == 0) {
            return without("git ignores %s".formatted(folder), folder);
        }
        return GitFolder.read(folder, git, path);
    }

    private static String reason(String error, Path folder) {
        if (error.contains("dubious ownership") || error.contains("unsafe repository")) {
            Path clone = PlainFolder.cloneAround(folder);
            return ("git refuses to read a clone that belongs to another user; to have the commit recorded, run "
                            + "\"git config --global --add safe.directory %s\" as the user of the agent")
                    .formatted(clone == null ? folder : clone);
        }
        if (PlainFolder.cloneAround(folder) == null && error.contains("not a git repository")) {
            return "%s is in no git work tree".formatted(folder);
        }
        if (error.contains("not a git repository") || error.contains("must be run in a work tree")) {
            return "git cannot read the clone around %s (%s)".formatted(folder, error);
        }
        throw new DeliveryException(
                ("The release of %s was not built: git failed (%s). Nothing was changed. Repair the clone, or check the "
                                + "application out anew.")
                        .formatted(folder, error));
    }

    private static SourceTree without(String reason, Path folder) throws IOException {
        SourceTree tree = PlainFolder.read(folder);
        tree.notes().add("The release names no commit: %s.".formatted(reason));
        return tree;
    }
}
