package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;

/** What a promotion cannot do without. */
final class Means {
    private Means() {}

    /** @throws DeliveryException saying what is missing; nothing was contacted then */
    static void require(PromotionRequest request) {
        String from = request.from().name();
        String to = request.to().name();
        if (from.equals(to)) {
            throw new DeliveryException("A release cannot be promoted from " + from + " to itself. Nothing was"
                    + " changed. Name two different environments in from and to.");
        }
        requireDatabase(from, request.fromAccess());
        requireDatabase(to, request.deployment().access());
        if (request.deployment().destinations().isEmpty()) {
            throw new DeliveryException("A promotion from " + from + " to " + to + " takes the bundle that runs in "
                    + from + " out of a destination of releases, and there is none. Nothing was changed. Let an"
                    + " administrator add a destination, deploy to " + from + " again, so that the release is kept there,"
                    + " then promote.");
        }
        if (request.isEmergency()) {
            requireEmergency(request, to);
        }
    }

    private static void requireDatabase(String environment, Access access) {
        if (access.databasePassword() == null) {
            throw new DeliveryException("The environment \"" + environment + "\" has no databaseCredentialsId, so"
                    + " that its ledger cannot be read, and a promotion goes by the ledgers of both environments."
                    + " Nothing was changed. Give the environment a credential for its database.");
        }
    }

    private static void requireEmergency(PromotionRequest request, String to) {
        if (request.gate().emergency() == null) {
            throw new DeliveryException("The gate of " + to + " knows no emergency. Nothing was changed. Promote"
                    + " without emergency: true, or let an administrator allow emergencies in the gate.");
        }
        if (request.emergency().isBlank()) {
            throw new DeliveryException("An emergency needs a reason. Nothing was changed. Say in reason why " + to
                    + " cannot wait.");
        }
    }
}
