package io.jenkins.plugins.supabase.notice;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.List;

/**
 * A way to tell people that a promotion waits for them, and what became of it. Other plugins can add one: a subclass
 * that Jenkins can bind from its form, with a {@code @Symbol} for configuration as code.
 */
public abstract class GateNotifier extends AbstractDescribableImpl<GateNotifier> implements ExtensionPoint {
    /**
     * Called in the background, with the rights of Jenkins itself; notices of one promotion come one after the other.
     *
     * @throws Exception whose message is logged, so that it must not hold a secret; nobody else hears of it. It is called
     *     again after 5 and after 30 seconds, and no more
     */
    public abstract void send(GateNotice notice) throws Exception;

    /** @return why it cannot be used as it is configured; such a configuration is not saved */
    public List<SettingProblem> problems() {
        return List.of();
    }
}
