package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The part of GoTrue that needs no user. */
final class AuthEndpoints {
    private static final List<String> PROVIDERS = List.of("apple", "azure", "github", "google");

    void addTo(Routes routes) {
        routes.open("GET /auth/v1/health", this::health).open("GET /auth/v1/settings", this::settings);
    }

    static ObjectNode description() {
        return Json.object()
                .put("version", "v2.186.0")
                .put("name", "GoTrue")
                .put("description", "GoTrue is a user registration and authentication API");
    }

    private Reply health(Call call) {
        ProjectEndpoints.requireKey(call);
        return Reply.ok(description());
    }

    private Reply settings(Call call) {
        ProjectEndpoints.requireKey(call);
        ObjectNode settings = Json.object();
        ObjectNode external = settings.putObject("external").put("email", true).put("phone", false);
        PROVIDERS.forEach(provider -> external.put(provider, false));
        settings.put("disable_signup", false).put("mailer_autoconfirm", false).put("phone_autoconfirm", false);
        settings.put("sms_provider", "twilio").put("mfa_enabled", false).put("saml_enabled", false);
        return Reply.ok(settings);
    }
}
