package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who asks a project's Data API.
 *
 * @param role   anon, authenticated or service_role
 * @param claims of the JWT, an empty object where there is none
 */
record Caller(String role, JsonNode claims) {}
