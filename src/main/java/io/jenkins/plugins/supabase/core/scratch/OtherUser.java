package io.jenkins.plugins.supabase.core.scratch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs commands as a user without rights, as PostgreSQL's server refuses to run as root.
 *
 * @param name  of the system user; null where the agent's own will do
 * @param group that the user's files belong to, as a number
 */
record OtherUser(String name, String group) {
    private static final List<String> CANDIDATES = List.of("postgres", "nobody");
    private static final List<String> SETPRIV = List.of("/usr/bin/setpriv", "/bin/setpriv");

    static OtherUser ifRoot() throws NoScratchServer, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new OtherUser(null, null);
        }
        for (String name : CANDIDATES) {
            Output group = principal(name).isPresent() ? Output.of(List.of("id", "-g", name)) : Output.NONE;
            if (group.succeeded()) {
                return new OtherUser(name, group.text());
            }
        }
        throw new NoScratchServer("The agent runs as root, which a PostgreSQL server refuses, and there is neither a"
                + " user 'postgres' nor 'nobody' to start one as: run the agent as another user, or set"
                + " scratchDatabaseUrl.");
    }

    private static Optional<UserPrincipal> principal(String name) {
        try {
            return Optional.of(FileSystems.getDefault().getUserPrincipalLookupService()
                    .lookupPrincipalByName(name));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    void own(Path directory) throws IOException {
        if (name != null) {
            Files.setOwner(directory, principal(name).orElseThrow());
        }
    }

    /** @return the command as this user runs it; setpriv replaces itself by it, which leaves fewer processes to end */
    List<String> command(List<String> command) {
        if (name == null) {
            return command;
        }
        List<String> switched = new ArrayList<>();
        Optional<String> setpriv = SETPRIV.stream()
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst();
        if (setpriv.isPresent()) {
            switched.addAll(List.of(setpriv.get(), "--reuid=" + name, "--regid=" + group, "--clear-groups", "--"));
        } else {
            switched.addAll(List.of("su", "-s", "/bin/sh", name, "-c", "exec \"$0\" \"$@\"", "--"));
        }
        switched.addAll(command);
        return switched;
    }
}
