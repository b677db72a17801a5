package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.FunctionSources;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Downloads the sources of live functions, a few at a time, and says of each that it cannot keep why. */
final class Downloads {
    /** Of source files in all: they are held in memory, and then in a row of the ledger. */
    private static final long MOST_BYTES = 32L << 20;

    private final ManagementClient client;
    private final long mostBytes;

    Downloads(ManagementClient client) {
        this(client, MOST_BYTES);
    }

    Downloads(ManagementClient client, long mostBytes) {
        this.client = client;
        this.mostBytes = mostBytes;
    }

    /** @return one a function, in the same order */
    List<KeptFunction> keep(List<DeployedFunction> functions) throws InterruptedException {
        List<KeptFunction> kept = new ArrayList<>();
        long bytes = 0;
        for (KeptFunction function : AtOnce.map(functions, this::download)) {
            long size = function.sources() == null ? 0 : function.sources().bytes();
            if (bytes + size > mostBytes) {
                kept.add(new KeptFunction(function.metadata(), null, ("its source files of %d bytes would make the "
                                + "snapshot larger than %d MiB").formatted(size, mostBytes >> 20)));
            } else {
                kept.add(function);
                bytes += size;
            }
        }
        return kept;
    }

    private KeptFunction download(DeployedFunction function) throws InterruptedException {
        try {
            Optional<FunctionSources> sources = client.functionSources(function.slug());
            return sources.isEmpty()
                    ? new KeptFunction(function, null, "the platform has it as an archive only, without source files")
                    : new KeptFunction(function, OriginalSources.of(function, sources.get()), null);
        } catch (IncompleteSourcesException e) {
            return new KeptFunction(function, null, e.getMessage());
        } catch (ManagementException e) {
            if (e.concernsOnlyThisCall() || e.status() == 404) {
                return new KeptFunction(function, null, "its source files did not come: " + e.reason());
            }
            throw e;
        }
    }
}
