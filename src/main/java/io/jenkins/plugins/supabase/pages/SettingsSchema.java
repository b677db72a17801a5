package io.jenkins.plugins.supabase.pages;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import java.io.IOException;
import java.io.InputStream;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * The JSON Schema of {@code supabase/environments.yml} at an address that does not change, for editors, which cannot log
 * in: {@code <Jenkins>/supabase-delivery/environments.schema.json}. It says nothing of this controller.
 */
@Extension
public final class SettingsSchema implements UnprotectedRootAction {
    private static final String SCHEMA = "/io/jenkins/plugins/supabase/core/config/environments.schema.json";

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "supabase-delivery";
    }

    @GET
    @WebMethod(name = "environments.schema.json")
    public void doSchema(StaplerResponse2 response) throws IOException {
        response.setContentType("application/schema+json;charset=UTF-8");
        try (InputStream schema = SettingsSchema.class.getResourceAsStream(SCHEMA)) {
            schema.transferTo(response.getOutputStream());
        }
    }
}
