package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.ledger.LedgerVerifier;
import io.jenkins.plugins.supabase.core.ledger.Verification;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.pages.TaggedJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** The audit chains of all environments, to read, to take along and to verify. */
public final class AuditPage extends BoardPage {
    private static final String CSV = "text/csv;charset=UTF-8";
    private static final String JSON = "application/json;charset=UTF-8";

    AuditPage(EnvironmentsBoard board) {
        super(board, "Audit");
    }

    /** What stands in the address; null for what does not. */
    public AuditQuery query(String environment, String kind, String actor, String from, String until, String before) {
        return AuditQuery.of(environment, kind, actor, from, until, before);
    }

    /** @return null where there is no such environment */
    public AuditView view(AuditQuery query) {
        List<Snapshot> asked = asked(query);
        return asked.isEmpty()
                ? null
                : AuditView.of(
                        asked.size() == 1 ? asked.get(0).name() : null,
                        AuditChain.read(asked, query, builds()),
                        board().isRoot(),
                        query.before());
    }

    private List<Snapshot> asked(AuditQuery query) {
        return query.environment() == null
                ? snapshots()
                : find(query.environment()).stream().toList();
    }

    /** A chain tells of builds in all folders; a folder's page only of its own. */
    private List<String> builds() {
        return board().isRoot() ? null : BuildAddress.beginnings(board().address());
    }

    @GET
    public void doJson(
            @QueryParameter String environment,
            @QueryParameter String kind,
            @QueryParameter String actor,
            @QueryParameter String from,
            @QueryParameter String until,
            @QueryParameter String before,
            StaplerRequest2 request,
            StaplerResponse2 response)
            throws IOException {
        AuditView view = view(query(environment, kind, actor, from, until, before));
        if (view == null) {
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        TaggedJson.answer(request.getHeader("If-None-Match"), response, Json.of(view));
    }

    /** All events that the filters let through, as a file. */
    @GET
    @WebMethod(name = "events.csv")
    public void doCsv(
            @QueryParameter String environment,
            @QueryParameter String kind,
            @QueryParameter String actor,
            @QueryParameter String from,
            @QueryParameter String until,
            StaplerResponse2 response)
            throws IOException {
        export(query(environment, kind, actor, from, until, null), "csv", CSV, response);
    }

    /** Like {@link #doCsv}. */
    @GET
    @WebMethod(name = "events.json")
    public void doEvents(
            @QueryParameter String environment,
            @QueryParameter String kind,
            @QueryParameter String actor,
            @QueryParameter String from,
            @QueryParameter String until,
            StaplerResponse2 response)
            throws IOException {
        export(query(environment, kind, actor, from, until, null), "json", JSON, response);
    }

    private void export(AuditQuery query, String format, String type, StaplerResponse2 response) throws IOException {
        List<Snapshot> asked = asked(query);
        if (asked.isEmpty()) {
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        String name = query.environment() == null ? "audit" : "audit-" + query.environment();
        AuditExport export = new AuditExport(query, builds());
        AuditExport.Format file = null;
        try {
            for (Snapshot snapshot : asked) {
                AuditExport.Format begun = file;
                file = LedgerAccess.<AuditExport.Format, IOException>connected(snapshot.environment(), connection -> {
                    LedgerReader reader = LedgerAccess.reader(connection);
                    AuditExport.Format open = begun == null ? begin(name, format, type, response) : begun;
                    export.chain(snapshot.name(), reader, open);
                    return open;
                });
            }
            file.end();
        } catch (DeliveryException e) {
            unavailable(response, e);
        }
    }

    /** Only once the first ledger is open, as a failure is then still an answer of its own. */
    private static AuditExport.Format begin(String name, String format, String type, StaplerResponse2 response)
            throws IOException {
        response.setContentType(type);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "." + format + "\"");
        OutputStream out = response.getOutputStream();
        AuditExport.Format file = format.equals("csv") ? AuditExport.csv(out) : AuditExport.json(out);
        file.begin();
        return file;
    }

    /** What was sent already cannot be taken back: the client then sees that it is cut off. */
    private static void unavailable(StaplerResponse2 response, DeliveryException e) throws IOException {
        if (response.isCommitted()) {
            throw new IOException("The export ended early: " + e.getMessage());
        }
        response.reset();
        response.setStatus(StaplerResponse2.SC_SERVICE_UNAVAILABLE);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write(e.getMessage().getBytes(StandardCharsets.UTF_8));
    }

    /** What a verification of one environment's chain found. */
    public record Verified(boolean intact, long events, String head, List<String> problems, String problem) {}

    /** Computes every hash of one chain anew, which takes a few seconds for 100,000 events; not for a folder. */
    @POST
    public void doVerify(@QueryParameter String environment, StaplerResponse2 response) throws IOException {
        Optional<Snapshot> found = find(environment);
        if (found.isEmpty() || !board().isRoot()) {
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        response.setContentType(JSON);
        response.getOutputStream().write(Json.of(verify(found.get().environment())).getBytes(StandardCharsets.UTF_8));
    }

    private static Verified verify(EnvironmentConfiguration environment) {
        try {
            Verification found = LedgerAccess.<Verification, RuntimeException>connected(
                    environment, connection -> LedgerVerifier.verify(connection, null));
            return new Verified(
                    found.intact(),
                    found.events(),
                    found.head().toString(),
                    found.problems().stream().map(Object::toString).toList(),
                    null);
        } catch (DeliveryException e) {
            return new Verified(false, 0, "", List.of(), e.getMessage());
        }
    }
}
