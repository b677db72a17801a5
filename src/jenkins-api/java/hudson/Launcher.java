package hudson;

/** Processes of a build are not started by the plugin: it only hands its launcher on. */
public abstract class Launcher {
    private Launcher() {}
}
