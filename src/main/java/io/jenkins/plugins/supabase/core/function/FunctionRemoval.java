package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Deletes edge functions one by one, as the API has no call for several, and goes on after one that it refuses. */
final class FunctionRemoval {
    private final ManagementClient client;
    private final Progress progress;

    FunctionRemoval(ManagementClient client, Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /** @param slugs those that are gone already count as deleted */
    void remove(Collection<String> slugs) throws InterruptedException {
        List<String> refusals = new ArrayList<>();
        for (String slug : slugs) {
            try {
                boolean was = client.deleteFunction(slug);
                progress.line(was
                        ? "Deleted the edge function %s.".formatted(slug)
                        : "The edge function %s was gone already.".formatted(slug));
            } catch (ManagementException e) {
                if (!e.concernsOnlyThisCall()) {
                    throw e;
                }
                refusals.add("%s (%s)".formatted(slug, e.reason()));
            }
        }
        if (!refusals.isEmpty()) {
            throw new DeliveryException(("%d of %s could not be deleted in the environment \"%s\" and may still run: "
                            + "%s. The others are deleted, and nothing else was changed by this. Deploy again: it "
                            + "deletes what is left.")
                    .formatted(
                            refusals.size(),
                            Count.of(slugs.size(), "edge function"),
                            client.environment().name(),
                            String.join(", ", refusals)));
        }
    }

    /** The same where what stays is no reason to call a deployment failed: the next one deletes it. */
    void removeIfPossible(Collection<String> slugs) throws InterruptedException {
        try {
            remove(slugs);
        } catch (DeliveryException e) {
            progress.line("WARNING: " + e.getMessage());
        }
    }
}
