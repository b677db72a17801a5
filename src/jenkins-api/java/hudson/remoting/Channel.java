package hudson.remoting;

public abstract class Channel implements VirtualChannel {
    private Channel() {}
}
