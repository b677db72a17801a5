package io.jenkins.plugins.supabase.core.scratch;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.nio.file.Path;
import java.util.List;

/** Where scratch servers come from. */
@FunctionalInterface
public interface ScratchServers {
    /**
     * @param majorVersion of the server whose schema will be copied: the scratch server must not be older
     * @param user         that the copied migrations will run as, where the server is made for them
     * @throws NoScratchServer     saying why there is none and what would help
     * @throws InterruptedException if the thread is interrupted; nothing is left behind then
     */
    ScratchServer open(int majorVersion, String user) throws NoScratchServer, InterruptedException;

    /** A server that is there already. */
    static ScratchServers at(String url, String user, SecretText password) {
        return (majorVersion, copied) -> ExternalServer.open(new ServerAddress(url, user, password), majorVersion);
    }

    /**
     * One that is started on this machine, from programs that are installed on it.
     *
     * @param directories in which {@code initdb} and {@code postgres} are looked for before the usual places
     */
    static ScratchServers onThisMachine(Path... directories) {
        return (majorVersion, user) -> AgentServer.start(
                PostgresPrograms.server(List.of(directories), majorVersion), user);
    }
}
