package io.jenkins.plugins.supabase.steps;

import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.Map;
import java.util.TreeMap;

/** How columns are masked, as in {@code mask: ['auth.users.email': 'hash']}. */
final class MaskArgument {
    private MaskArgument() {}

    /** @return null where none are given; Groovy hands over strings that are none yet */
    static TreeMap<String, String> of(Map<?, ?> given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        TreeMap<String, String> rules = new TreeMap<>();
        given.forEach((column, rule) -> rules.put(String.valueOf(column), String.valueOf(rule)));
        return rules;
    }

    /** @throws DeliveryException naming the first rule that is none */
    static Masks masks(Map<String, String> rules) {
        return rules == null ? Masks.NONE : Masks.of(rules);
    }

    /** @return one column a line, for the form */
    static String text(Map<String, String> rules) {
        StringBuilder text = new StringBuilder();
        if (rules != null) {
            rules.forEach((column, rule) -> text.append(column).append(": ").append(rule).append('\n'));
        }
        return text.toString();
    }

    /**
     * @param field of the form
     * @param text  what was typed there; null for nothing
     */
    static Map<String, String> ofForm(String field, Object text) throws FormException {
        try {
            TreeMap<String, String> rules = new TreeMap<>();
            Masks.parse(text == null ? "" : text.toString())
                    .rules()
                    .forEach((column, rule) -> rules.put(column, rule.toString()));
            return rules;
        } catch (DeliveryException e) {
            throw new FormException(e.getMessage(), e, field);
        }
    }

    static FormValidation check(String text) {
        try {
            Masks.parse(text == null ? "" : text);
            return FormValidation.ok();
        } catch (DeliveryException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
