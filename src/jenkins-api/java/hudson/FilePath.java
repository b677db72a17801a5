package hudson;

import hudson.model.Computer;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import java.io.File;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** A path on this machine: without a controller there is no other. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    public static final LocalChannel localChannel = new LocalChannel(Computer.threadPoolForRemoting);

    private final String remote;

    public FilePath(File localPath) {
        this.remote = localPath.getPath();
    }

    public FilePath child(String relOrAbsolute) {
        File child = new File(relOrAbsolute);
        return new FilePath(child.isAbsolute() ? child : new File(remote, relOrAbsolute));
    }

    public VirtualChannel getChannel() {
        return localChannel;
    }

    public String getRemote() {
        return remote;
    }
}
