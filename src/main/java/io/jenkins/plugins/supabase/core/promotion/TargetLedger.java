package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/** The ledger of the environment that is promoted to, outside of its lock. */
final class TargetLedger {
    private final PromotionRequest request;
    private final Progress progress;

    TargetLedger(PromotionRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    <T> T ask(Function<LedgerReader, T> question) throws InterruptedException {
        try (Connection connection = open()) {
            return question.apply(Ledger.read(connection));
        } catch (SQLException e) {
            throw new DeliveryException("The ledger of the environment \"" + request.to().name()
                    + "\" could not be read: " + e.getMessage() + ". Nothing was changed. Check its database, then run the build again.", e);
        }
    }

    /**
     * Where nothing was ever deployed there is no ledger, and none is made before somebody has decided: what is told
     * then is told again when somebody does.
     */
    void tell(Consumer<PromotionLog> telling) throws InterruptedException {
        if (ask(LedgerReader::exists)) {
            try (Ledger ledger = Ledger.open(this::open)) {
                telling.accept(new PromotionLog(request.deployment().origin(), ledger));
            }
        }
    }

    /**
     * Makes the ledger where there is none yet and somebody has decided.
     *
     * @return whether there is a ledger, and it was written down
     */
    boolean tell(DecisionRecord record, Instant now) throws InterruptedException {
        if (!record.isDecided() && !ask(LedgerReader::exists)) {
            return false;
        }
        try (Ledger ledger = Ledger.open(this::open)) {
            record.writeTo(ledger, now);
            return true;
        }
    }

    /** For what is no reason to fail where it cannot be written down. */
    void tellIfPossible(Consumer<PromotionLog> telling) throws InterruptedException {
        try {
            tell(telling);
        } catch (DeliveryException e) {
            progress.line("WARNING: this is not on record in the ledger of " + request.to().name() + ": "
                    + e.getMessage());
        }
    }

    private Connection open() throws InterruptedException {
        return Database.open(request.to(), request.deployment().access());
    }
}
