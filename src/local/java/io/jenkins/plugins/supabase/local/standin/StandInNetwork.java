package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who may reach a project's database: TLS enforcement and the allowed networks. */
public final class StandInNetwork {
    private boolean sslEnforced;
    private final Set<String> v4 = new LinkedHashSet<>(List.of("0.0.0.0/0"));
    private final Set<String> v6 = new LinkedHashSet<>(List.of("::/0"));

    public synchronized boolean sslEnforced() {
        return sslEnforced;
    }

    public synchronized void sslEnforced(boolean enforced) {
        sslEnforced = enforced;
    }

    /** @return CIDR blocks, IPv4 first */
    public synchronized List<String> allowed() {
        Set<String> all = new LinkedHashSet<>(v4);
        all.addAll(v6);
        return List.copyOf(all);
    }

    synchronized ObjectNode ssl() {
        ObjectNode json = Json.object();
        json.putObject("currentConfig").put("database", sslEnforced);
        return json.put("appliedSuccessfully", true);
    }

    synchronized ObjectNode restrictions() {
        ObjectNode json = Json.object().put("entitlement", "allowed");
        ObjectNode config = json.putObject("config");
        v4.forEach(config.putArray("dbAllowedCidrs")::add);
        v6.forEach(config.putArray("dbAllowedCidrsV6")::add);
        return json.put("status", "applied");
    }

    synchronized ObjectNode apply(JsonNode wanted) {
        replace(v4, wanted.path("dbAllowedCidrs"));
        replace(v6, wanted.path("dbAllowedCidrsV6"));
        return restrictions();
    }

    /** The answer has another form than that of {@link #restrictions}: each block with its type. */
    synchronized ObjectNode change(JsonNode add, JsonNode remove) {
        ArrayNode before = typed();
        add.path("dbAllowedCidrs").forEach(block -> v4.add(block.asText()));
        add.path("dbAllowedCidrsV6").forEach(block -> v6.add(block.asText()));
        remove.path("dbAllowedCidrs").forEach(block -> v4.remove(block.asText()));
        remove.path("dbAllowedCidrsV6").forEach(block -> v6.remove(block.asText()));
        ObjectNode json = Json.object().put("entitlement", "allowed");
        json.putObject("config").set("dbAllowedCidrs", typed());
        json.putObject("old_config").set("dbAllowedCidrs", before);
        return json.put("status", "stored").put("updated_at", Instant.now().toString());
    }

    synchronized ArrayNode typed() {
        ArrayNode blocks = Json.array();
        v4.forEach(block -> blocks.addObject().put("address", block).put("type", "v4"));
        v6.forEach(block -> blocks.addObject().put("address", block).put("type", "v6"));
        return blocks;
    }

    private static void replace(Collection<String> blocks, JsonNode wanted) {
        if (wanted.isArray()) {
            blocks.clear();
            wanted.forEach(block -> blocks.add(block.asText()));
        }
    }
}
