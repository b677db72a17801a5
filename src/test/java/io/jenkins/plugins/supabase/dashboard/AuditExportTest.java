package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditExportTest {
    private static final int EVENTS = 1_050;

    private TestDatabase database;

    @BeforeEach
    void record() throws Exception {
        database = TestDatabase.create();
        try (Ledger ledger = Ledger.open(database::connect)) {
            ledger.append(event("=cmd|' /C calc'!A0", "backup.verified", "said \"so\",\nand left"));
        }
        database.execute("select supabase_delivery.append_event(gen_random_uuid(), 'alice', 'test.counted', 'n/' || n, '{}')"
                + " from generate_series(2, " + EVENTS + ") n");
    }

    @Test
    void csvHasEachEventOnceAndNoFormula() throws Exception {
        String csv = export(AuditQuery.of(null, null, null, null, null, null), true);

        String[] lines = csv.split("\r\n");
        assertThat(lines).hasSize(1 + EVENTS);
        assertThat(lines[0]).startsWith("\"environment\",\"seq\",\"at\",\"actor\"");
        assertThat(lines[1]).startsWith("\"staging\",\"" + EVENTS + "\",");
        assertThat(lines[EVENTS]).contains(",\"'=cmd|' /C calc'!A0\",", "\"said \"\"so\"\",\nand left\"");
    }

    @Test
    void jsonIsOneArray() throws Exception {
        JsonNode events = new ObjectMapper().readTree(export(AuditQuery.of(null, null, null, null, null, null), false));

        assertThat(events).hasSize(EVENTS);
        assertThat(events.get(EVENTS - 1).path("payload").path("bytes").asInt()).isEqualTo(7);
    }

    @Test
    void filtersChooseEvents() throws Exception {
        assertThat(lines(AuditQuery.of(null, "backup.", null, null, null, null))).isEqualTo(2);
        assertThat(lines(AuditQuery.of(null, null, "alice", null, null, "101"))).isEqualTo(100);
        assertThat(lines(AuditQuery.of(null, null, null, "2001-01-01", "2001-12-31", null))).isEqualTo(1);
        assertThat(lines(AuditQuery.of(null, null, null, "2001-01-01", "yesterday", null))).isEqualTo(1 + EVENTS);
    }

    @Test
    void anAddressKeepsTheFilters() {
        AuditQuery query = AuditQuery.of("a b", "backup.", " ", "2026-01-02", null, "7");

        assertThat(query.address()).isEqualTo("environment=a+b&kind=backup.&from=2026-01-02");
    }

    private int lines(AuditQuery query) throws Exception {
        return export(query, true).split("\r\n").length;
    }

    private String export(AuditQuery query, boolean csv) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection connection = database.connect()) {
            AuditExport.Format file = csv ? AuditExport.csv(out) : AuditExport.json(out);
            file.begin();
            new AuditExport(query, null).chain("staging", Ledger.read(connection), file);
            file.end();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static AuditEvent event(String actor, String kind, String subject) {
        return new AuditEvent(actor, kind, subject, JsonNodeFactory.instance.objectNode().put("bytes", 7));
    }
}
