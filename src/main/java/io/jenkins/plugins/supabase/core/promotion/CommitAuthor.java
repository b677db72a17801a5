package io.jenkins.plugins.supabase.core.promotion;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An author as git writes it. Git asks nobody for a password, so that this is a name and not a proof.
 *
 * @param name lower case
 * @param mail lower case; empty where there is none
 */
record CommitAuthor(String name, String mail) {
    private static final Pattern WRITTEN = Pattern.compile("(.*?)\\s*<([^<>]*)>\\s*");

    static CommitAuthor of(String written) {
        Matcher parts = WRITTEN.matcher(written);
        return parts.matches()
                ? new CommitAuthor(low(parts.group(1)), low(parts.group(2)))
                : new CommitAuthor(low(written), "");
    }

    /**
     * @return whether it may be this user: by a mail address, by the full name, or by an id that is the address, its
     *     part before the @, or the name. In doubt it is: somebody else can decide.
     */
    boolean mayBe(Voter voter) {
        Set<String> names = Stream.of(voter.id(), voter.fullName() == null ? "" : voter.fullName())
                .map(CommitAuthor::low)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toSet());
        return names.contains(name)
                || names.contains(mail)
                || names.contains(mail.replaceFirst("@.*", ""))
                || voter.mails().stream().anyMatch(own -> !mail.isEmpty() && low(own).equals(mail));
    }

    private static String low(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
