package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.util.List;

/** Names under which a blue-green deployment runs a function beside itself. */
final class ShadowSlug {
    static final String NEXT = "--next";
    static final String PREVIOUS = "--previous";

    /**
     * Of a segment of a path, and of a file: the API's own document has a pattern for slugs, which shadows keep, only.
     */
    private static final int LONGEST = 255;

    private ShadowSlug() {}

    static String next(String slug) {
        return slug + NEXT;
    }

    static String previous(String slug) {
        return slug + PREVIOUS;
    }

    static boolean isShadow(String slug) {
        return !base(slug).equals(slug);
    }

    /** @throws DeliveryException naming functions that cannot be deployed beside themselves */
    static void check(FunctionPlan plan) {
        List<String> slugs = plan.functions().stream().map(EdgeFunction::slug).toList();
        List<String> reserved = slugs.stream().filter(ShadowSlug::isShadow).toList();
        if (!reserved.isEmpty()) {
            throw new DeliveryException(("The edge functions cannot be deployed blue-green, because %s ends with %s or "
                            + "%s, which is how the versions beside the live ones are called. What runs is as it was. "
                            + "Rename it, or deploy without strategy: 'blueGreen'.")
                    .formatted(String.join(", ", reserved), NEXT, PREVIOUS));
        }
        List<String> tooLong =
                slugs.stream().filter(slug -> previous(slug).length() > LONGEST).toList();
        if (!tooLong.isEmpty()) {
            throw new DeliveryException(("The edge functions cannot be deployed blue-green, because the name %s… is "
                            + "longer than %d characters with %s behind it. What runs is as it was. Shorten it, or "
                            + "deploy without strategy: 'blueGreen'.")
                    .formatted(tooLong.get(0).substring(0, 40), LONGEST, PREVIOUS));
        }
    }

    /** @return the function that a shadow stands beside; the name itself where it is no shadow's */
    static String base(String slug) {
        for (String suffix : List.of(NEXT, PREVIOUS)) {
            if (slug.endsWith(suffix) && slug.length() > suffix.length()) {
                return slug.substring(0, slug.length() - suffix.length());
            }
        }
        return slug;
    }
}
