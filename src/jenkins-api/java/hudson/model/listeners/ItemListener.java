package hudson.model.listeners;

import hudson.ExtensionPoint;

/** Without a controller nothing is loaded, so nobody is called. */
public class ItemListener implements ExtensionPoint {
    public void onLoaded() {}
}
