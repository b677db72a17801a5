package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import java.util.ArrayList;
import java.util.List;

/**
 * A section of a project's settings, to be kept.
 *
 * @param settings as the Management API has them, without secrets
 * @param secrets  names of fields that are set and hold one. The API shows an HMAC of it whose key is no secret, so
 *                 that a short one is found from it by trying
 */
public record ConfigExport(ObjectNode settings, List<String> secrets) {
    public ConfigExport {
        secrets = List.copyOf(secrets);
    }

    public static ConfigExport of(ManagementClient client, ConfigSection section) throws InterruptedException {
        ObjectNode settings = client.config(section);
        List<String> secrets = new ArrayList<>();
        settings.properties().forEach(field -> {
            if (RemoteField.of(section, field.getKey()).secret()) {
                secrets.add(field.getKey());
            }
        });
        List<String> set = secrets.stream().filter(name -> !settings.path(name).asText("").isEmpty()).toList();
        return new ConfigExport(settings.without(secrets), set);
    }
}
