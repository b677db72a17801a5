package io.jenkins.plugins.supabase.core.blob;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * How S3 keeps an object from being deleted or replaced for good:
 * docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html.
 *
 * @param days from the moment on in which an object is stored, 1 to {@link #MOST_DAYS}
 */
record ObjectLock(Mode mode, int days) {
    static final String MODE_HEADER = "x-amz-object-lock-mode";
    static final String UNTIL_HEADER = "x-amz-object-lock-retain-until-date";

    /** S3's own limit, a hundred years. */
    private static final int MOST_DAYS = 36_500;

    /** Who may lift it: in S3's words. */
    enum Mode {
        /** Who has a permission for it. */
        GOVERNANCE,
        /** Nobody. */
        COMPLIANCE
    }

    /** @return null where neither is given */
    static ObjectLock of(String mode, Integer days) {
        return mode == null && days == null ? null : new ObjectLock(Mode.valueOf(mode), days);
    }

    static String modeProblem(String mode, Integer days) {
        if (mode == null) {
            return days == null ? null : "The days of an object lock need its mode: GOVERNANCE or COMPLIANCE.";
        }
        return Arrays.stream(Mode.values()).anyMatch(known -> known.name().equals(mode))
                ? null
                : "\"" + mode + "\" is no mode of an object lock: write GOVERNANCE or COMPLIANCE.";
    }

    static String daysProblem(String mode, Integer days) {
        if (mode == null || days != null && days >= 1 && days <= MOST_DAYS) {
            return null;
        }
        return "An object lock needs its days, from 1 to " + MOST_DAYS
                + (days == null ? "." : ", but not " + days + ".");
    }

    /** @return the end of a lock that begins now, in whole seconds, as servers keep no more */
    Instant until(Instant now) {
        return now.plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    }
}
