package hudson;

import hudson.model.Computer;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** A path on this machine: without a controller there is no other. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    public static final LocalChannel localChannel = new LocalChannel(Computer.threadPoolForRemoting);

    private final String remote;

    public FilePath(File localPath) {
        this.remote = localPath.getPath();
    }

    public FilePath(VirtualChannel channel, String remote) {
        this.remote = remote;
    }

    public FilePath child(String relOrAbsolute) {
        File child = new File(relOrAbsolute);
        return new FilePath(child.isAbsolute() ? child : new File(remote, relOrAbsolute));
    }

    public VirtualChannel getChannel() {
        return localChannel;
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        List<Path> contents;
        try (Stream<Path> walk = Files.walk(Path.of(remote))) {
            contents = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path path : contents) {
            Files.deleteIfExists(path);
        }
    }

    public String getRemote() {
        return remote;
    }
}
