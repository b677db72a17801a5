package io.jenkins.plugins.supabase.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.supabase.notice.GateNotice.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateNoticeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "WAITING | production: release 1.4.0 of staging waits for approval",
        "HALFWAY | production: release 1.4.0 of staging still waits for approval",
        "DECIDED | production: release 1.4.0 of staging: rejected by ada: \"not on a Friday\"",
    })
    void titleSaysWhatPeopleNeedFirst(Kind kind, String title) {
        assertThat(Notices.of(kind).title()).isEqualTo(title);
    }

    @Test
    void detailsSayTheRest() {
        assertThat(Notices.of(Kind.WAITING).details()).isEqualTo("""
                Missing: 1 more approval of managers; an approval of the group dba
                Build: votes » main #12
                Waiting since: 2026-03-04 05:06 UTC
                Ends undecided: 2026-03-07 05:06 UTC
                https://jenkins.example.com/job/votes/12/supabase-promotion/""");
        assertThat(Notices.of(Kind.DECIDED).details()).doesNotContain("Missing", "Ends undecided");
    }

    @Test
    void anEmergencyIsNamedFirst() {
        GateNotice emergency = new GateNotice(
                Kind.WAITING, "production", "staging", "1.4.0", "votes #12", "u", Instant.EPOCH, null, List.of(), null, true);

        assertThat(emergency.title()).startsWith("EMERGENCY, production: release 1.4.0");
        assertThat(emergency.details()).doesNotContain("Ends undecided");
        assertThat(emergency.outcome()).isEmpty();
    }

    @Test
    void jsonIsAsTheDocumentationShows() throws Exception {
        String page = Files.readString(Path.of("docs/notices.md"));
        int start = page.indexOf("```json") + "```json".length();
        ObjectMapper mapper = new ObjectMapper();

        JsonNode shown = mapper.readTree(page.substring(start, page.indexOf("```", start)));

        assertThat(mapper.readTree(NoticeJson.of(Notices.of(Kind.WAITING)))).isEqualTo(shown);
    }

    @Test
    void jsonSaysThatThereIsNoDeadline() throws Exception {
        GateNotice endless = new GateNotice(
                Kind.WAITING, "a", "b", "1", "votes #12", "u", Instant.EPOCH, null, List.of(), "", false);

        assertThat(new ObjectMapper().readTree(NoticeJson.of(endless)).get("deadline").isNull()).isTrue();
    }
}
