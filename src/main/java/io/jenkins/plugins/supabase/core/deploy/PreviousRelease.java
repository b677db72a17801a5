package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.secret.WantedSecret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is known of the release to go back to.
 *
 * @param digest of its bundle; null where the ledger knows no release before
 * @param state  that its deployment recorded
 * @param values of its secrets, as the credentials that it named have them now
 * @param stored what was listed of secrets before; empty where nobody knows any more
 */
record PreviousRelease(
        String digest, EnvironmentState state, Map<String, SecretText> values, Collection<StoredSecret> stored) {

    List<WantedSecret> secrets() {
        List<WantedSecret> secrets = new ArrayList<>();
        state.secrets().forEach(secret -> {
            if (values.containsKey(secret.name())) {
                secrets.add(new WantedSecret(secret.name(), secret.credentialsId(), values.get(secret.name())));
            }
        });
        return secrets;
    }

    /** @return an open workspace whose functions are those of the release; null where its bundle cannot be had */
    ReleaseWorkspace fetch(List<Destination> destinations, Progress progress) throws InterruptedException {
        if (digest == null || destinations.isEmpty()) {
            return null;
        }
        ReleaseWorkspace workspace = null;
        try {
            workspace = ReleaseWorkspace.open(ReleaseSource.published(digest), destinations, progress);
            workspace.project();
            return workspace;
        } catch (DeliveryException e) {
            if (workspace != null) {
                workspace.close();
            }
            progress.line("The bundle of the release before is not to be had, so functions are put back from what ran: "
                    + e.getMessage());
            return null;
        }
    }

    static List<EdgeFunction> functionsOf(ReleaseWorkspace workspace) throws InterruptedException {
        return workspace == null ? List.of() : workspace.project().functions();
    }
}
