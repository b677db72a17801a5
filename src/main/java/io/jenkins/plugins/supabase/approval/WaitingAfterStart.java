package io.jenkins.plugins.supabase.approval;

import hudson.Extension;
import hudson.model.listeners.ItemListener;

/**
 * Has promotions listed, decided on and expire from the moment that Jenkins is up. Pipeline tells their steps that they
 * go on only when it has loaded the programs of all builds, one after the other, which takes many seconds for hundreds.
 */
@Extension
public final class WaitingAfterStart extends ItemListener {
    @Override
    public void onLoaded() {
        Approvals.recall();
    }
}
