package io.jenkins.plugins.supabase.steps;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.pages.EnvironmentNews;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The credentials that a step has used: the environment's audit chain is told of each once, however often it is used.
 * Its collections are replaced and never changed, as Pipeline may be writing the step to disk at any time.
 */
final class UsedCredentials implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Ids. */
    private volatile TreeSet<String> told = new TreeSet<>();
    /** What for, by id. */
    private volatile TreeMap<String, TreeSet<String>> untold = new TreeMap<>();

    /** @return the same, each of whose uses is noticed */
    CredentialSource watch(CredentialSource source) {
        return new CredentialSource() {
            @Override
            public <C extends IdCredentials> C find(String id, Class<C> kind) {
                return source.find(id, kind);
            }

            @Override
            public boolean exists(String id) {
                return source.exists(id);
            }

            @Override
            public void used(String id, String purpose) {
                source.used(id, purpose);
                notice(id, purpose);
            }
        };
    }

    private synchronized void notice(String id, String purpose) {
        if (!told.contains(id)) {
            TreeSet<String> purposes = new TreeSet<>(untold.getOrDefault(id, new TreeSet<>()));
            purposes.add(purpose);
            TreeMap<String, TreeSet<String>> more = new TreeMap<>(untold);
            more.put(id, purposes);
            untold = more;
        }
    }

    /** @return whether one was used that nobody was told of */
    synchronized boolean hasNews() {
        return !untold.isEmpty();
    }

    synchronized void tell(String step, String environment, Origin origin) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("step", step).put("build", origin.buildUrl());
        ArrayNode credentials = payload.putArray("credentials");
        for (Map.Entry<String, TreeSet<String>> one : untold.entrySet()) {
            ArrayNode purposes = credentials.addObject().put("id", one.getKey()).putArray("for");
            one.getValue().forEach(purposes::add);
        }
        String key = "credentials " + origin.operationId() + " " + String.join(" ", untold.keySet());
        UUID id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        AuditEvent event = new AuditEvent(origin.actor(), "credentials.used", "environment/" + environment, payload);
        EnvironmentNews.all().forEach(news -> news.happened(environment, event, id));
        TreeSet<String> all = new TreeSet<>(told);
        all.addAll(untold.keySet());
        told = all;
        untold = new TreeMap<>();
    }
}
