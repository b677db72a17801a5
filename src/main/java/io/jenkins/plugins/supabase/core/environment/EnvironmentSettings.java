package io.jenkins.plugins.supabase.core.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An environment as an administrator wrote it down: blank means "not set". Knows the defaults that follow from a
 * project reference and the rules that a usable environment keeps.
 */
public record EnvironmentSettings(
        String name, String projectRef, String managementUrl, String projectUrl, String databaseUrl) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");
    /** The Management API's own pattern for {@code ref}, from its OpenAPI document. */
    private static final Pattern PROJECT_REF = Pattern.compile("[a-z]{20}");

    public EnvironmentSettings {
        name = blankToNull(name);
        projectRef = blankToNull(projectRef);
        managementUrl = blankToNull(managementUrl);
        projectUrl = blankToNull(projectUrl);
        databaseUrl = blankToNull(databaseUrl);
    }

    /** @return what is wrong, in the order of the fields; empty when the environment can be used */
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        addProblem(problems, "name", nameProblem());
        addProblem(problems, "projectRef", projectRefProblem());
        addProblem(problems, "managementUrl", managementUrlProblem());
        addProblem(problems, "projectUrl", projectUrlProblem());
        addProblem(problems, "databaseUrl", databaseUrlProblem());
        return problems;
    }

    /**
     * @return the environment with its defaults filled in
     * @throws IllegalArgumentException naming the environment, the field and the reason of the first problem
     */
    public Environment toEnvironment() {
        for (SettingProblem problem : problems()) {
            throw new IllegalArgumentException(
                    "The environment \"" + (name == null ? "" : name) + "\" is not usable: " + problem.describe());
        }
        return new Environment(
                name,
                projectRef,
                withoutTrailingSlash(managementUrl == null ? Environment.DEFAULT_MANAGEMENT_URL : managementUrl),
                withoutTrailingSlash(projectUrl == null ? "https://" + projectRef + ".supabase.co" : projectUrl),
                databaseUrl == null
                        ? "postgresql://db." + projectRef + ".supabase.co:5432/postgres?sslmode=require"
                        : databaseUrl);
    }

    private String nameProblem() {
        if (name == null) {
            return "An environment needs a name, such as staging.";
        }
        return NAME.matcher(name).matches()
                ? null
                : "\"" + name + "\" is not a usable name: it starts with a letter or digit and has up to 64 letters,"
                        + " digits, dots, hyphens and underscores.";
    }

    private String projectRefProblem() {
        if (projectRef == null || PROJECT_REF.matcher(projectRef).matches()) {
            return null;
        }
        return "\"" + projectRef + "\" is not a project reference: it has exactly 20 lower-case letters, as in"
                + " the address of the project's dashboard. Leave it empty for a self-hosted stack.";
    }

    private String managementUrlProblem() {
        return managementUrl == null ? null : HttpUrlRule.problem(managementUrl);
    }

    private String projectUrlProblem() {
        if (projectUrl != null) {
            return HttpUrlRule.problem(projectUrl);
        }
        return projectRef != null
                ? null
                : "A self-hosted stack (no projectRef) needs the address of its API gateway, such as"
                        + " https://supabase.example.com.";
    }

    private String databaseUrlProblem() {
        if (databaseUrl != null) {
            return DatabaseUrlRule.problem(databaseUrl, "databaseCredentialsId");
        }
        return projectRef != null
                ? null
                : "A self-hosted stack (no projectRef) needs the address of its database, such as"
                        + " postgresql://db.example.com:5432/postgres?sslmode=require.";
    }

    private static void addProblem(List<SettingProblem> problems, String field, String message) {
        if (message != null) {
            problems.add(new SettingProblem(field, message));
        }
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || LOOPBACK_IPV4.matcher(name).matches() || name.equals("[::1]");
    }
}
