package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is asked of releases of some branches instead of what is asked of all.
 *
 * @param patterns      of the branch's name, each of which must fit: {@code *} stands for anything but a slash,
 *     {@code **} for anything, {@code ?} for one letter
 * @param quorums       null for those of the gate
 * @param soak          null for that of the gate
 * @param sourceHealthy null as the gate has it
 */
public record BranchRule(List<String> patterns, List<Quorum> quorums, Duration soak, Boolean sourceHealthy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public BranchRule {
        patterns = new ArrayList<>(patterns);
        quorums = quorums == null ? null : new ArrayList<>(quorums);
    }

    /** @return branches that may be promoted by the gate's own rules */
    public static BranchRule of(String pattern) {
        return new BranchRule(List.of(pattern), null, null, null);
    }

    /** @param branch null where it is not known, which fits nothing */
    boolean fits(String branch) {
        return branch != null && patterns.stream().allMatch(pattern -> pattern(pattern).matcher(branch).matches());
    }

    String describe() {
        return String.join(" and ", patterns);
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char letter = glob.charAt(i);
            if (letter == '*') {
                boolean all = glob.startsWith("**", i);
                regex.append(all ? ".*" : "[^/]*");
                i += all ? 1 : 0;
            } else {
                regex.append(letter == '?' ? "[^/]" : Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
