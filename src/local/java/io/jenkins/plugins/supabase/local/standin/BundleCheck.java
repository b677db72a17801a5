package io.jenkins.plugins.supabase.local.standin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses, as the platform's bundler would, sources whose entry point or relative imports were not sent along. */
final class BundleCheck {
    private static final Pattern RELATIVE_IMPORT =
            Pattern.compile("(?m)^\\s*(?:import|export)\\b[^'\";]*?['\"](\\.{1,2}/[^'\"]+)['\"]");
    private static final Pattern SCRIPT = Pattern.compile(".*\\.(ts|tsx|mts|js|jsx|mjs)");

    private BundleCheck() {}

    static void check(FunctionBundle bundle) {
        Map<String, byte[]> files = bundle.files();
        if (!files.containsKey(bundle.entrypoint())) {
            throw refusal("Entrypoint path does not exist - " + bundle.entrypoint());
        }
        files.forEach((name, content) -> {
            if (SCRIPT.matcher(name).matches()) {
                checkImports(name, new String(content, StandardCharsets.UTF_8), files);
            }
        });
    }

    private static void checkImports(String name, String source, Map<String, byte[]> files) {
        Matcher imports = RELATIVE_IMPORT.matcher(source);
        while (imports.find()) {
            String target = resolve(name, imports.group(1));
            if (!files.containsKey(target)) {
                throw refusal("Module not found \"" + target + "\", imported by " + name);
            }
        }
    }

    private static String resolve(String from, String relative) {
        String path = URI.create("file:///" + from.replace(" ", "%20")).resolve(relative).getPath();
        return path.substring(1);
    }

    private static Refusal refusal(String reason) {
        return new Refusal(400, "Failed to bundle the function (reason: " + reason + ").");
    }
}
