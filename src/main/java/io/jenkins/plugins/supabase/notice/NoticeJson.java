package io.jenkins.plugins.supabase.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What a webhook gets. Chats show {@code text} and ignore the rest. */
final class NoticeJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private NoticeJson() {}

    static String of(GateNotice notice) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("text", notice.title() + "\n" + notice.details())
                .put("kind", notice.kind().name().toLowerCase(Locale.ROOT))
                .put("environment", notice.environment())
                .put("from", notice.from())
                .put("release", notice.releaseVersion())
                .put("build", notice.buildName())
                .put("url", notice.url())
                .put("since", notice.since().toString())
                .put("deadline", notice.deadline() == null ? null : notice.deadline().toString())
                .put("outcome", notice.outcome())
                .put("emergency", notice.emergency());
        notice.missing().forEach(json.putArray("missing")::add);
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts", e);
        }
    }
}
