package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.List;

/** Says before anything is looked at which credential a part of the release would need. */
final class Means {
    private final PlanInputs inputs;

    private Means(PlanInputs inputs) {
        this.inputs = inputs;
    }

    static void require(PlanInputs inputs) {
        new Means(inputs).require();
    }

    private void require() {
        if (!inputs.project().migrations().isEmpty() && inputs.access().databasePassword() == null) {
            throw missing("databaseCredentialsId", "migrations", "a \"Username with password\" credential of the role"
                    + " that runs migrations");
        }
        List<String> platform = platformParts();
        if (platform.isEmpty()) {
            return;
        }
        if (inputs.environment().hostedProject().isEmpty()) {
            throw selfHosted(platform);
        }
        if (inputs.access().accessToken() == null) {
            throw missing("accessTokenCredentialsId", platform.get(0), "a \"Secret text\" credential with an access token");
        }
    }

    private List<String> platformParts() {
        List<String> parts = new ArrayList<>();
        int functions = inputs.project().functions().size();
        if (functions > 0 && !inputs.skipFunctions()) {
            parts.add("edge functions");
        }
        if (!inputs.secrets().isEmpty()) {
            parts.add("secrets");
        }
        return parts;
    }

    private DeliveryException selfHosted(List<String> parts) {
        int functions = inputs.project().functions().size();
        if (parts.contains("edge functions")) {
            return new DeliveryException("The environment \"" + inputs.environment().name() + "\" is a self-hosted stack, and"
                    + " the project has " + Count.of(functions, "edge function") + ", which no API can replace there. Nothing"
                    + " was changed. Copy supabase/functions to the volume that the edge runtime mounts, and deploy with"
                    + " skipFunctions: true.");
        }
        return new DeliveryException("The environment \"" + inputs.environment().name() + "\" is a self-hosted stack, where no"
                + " API sets the secrets of edge functions. Nothing was changed. Set them in the environment of the edge"
                + " runtime's container, and leave secrets out of the Jenkinsfile.");
    }

    private DeliveryException missing(String setting, String part, String credential) {
        return new DeliveryException("The project has " + part + ", but the environment \"" + inputs.environment().name()
                + "\" has no " + setting + ". Nothing was changed. Let an administrator set it to " + credential + ".");
    }
}
