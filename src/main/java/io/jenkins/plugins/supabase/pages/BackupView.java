package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.backup.BackupSummary;
import io.jenkins.plugins.supabase.core.backup.RestoreSummary;
import io.jenkins.plugins.supabase.core.backup.VerificationSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backup that was made, verified or restored, as its page shows it. */
public final class BackupView extends TableView {
    private static final String LOST =
            "The build ended before this step could tell how it ended. listBackups tells what there is.";

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final BackupRecord record;
    private final boolean building;

    /** @param building whether the build runs still */
    BackupView(BackupRecord record, boolean building) {
        this.record = record;
        this.building = building;
    }

    /** @return null unless one was made */
    public BackupSummary getBackup() {
        return record.backup();
    }

    /** @return null unless one was verified */
    public VerificationSummary getVerification() {
        return record.verification();
    }

    /** @return null unless one was restored */
    public RestoreSummary getRestore() {
        return record.restore();
    }

    /** @return whether it will tell more */
    public boolean isRunning() {
        return record.state() == BackupRecord.State.RUNNING && building;
    }

    /** @return ok, change, warning or danger */
    public String getLevel() {
        return switch (record.state()) {
            case DONE -> "ok";
            case RUNNING -> building ? "change" : "warning";
            case STOPPED -> "warning";
            case WANTING -> record.verification() == null ? "warning" : "danger";
            case FAILED -> "danger";
        };
    }

    /** @return what came of it, in a few words */
    public String getSummary() {
        if (record.backup() != null) {
            BackupSummary backup = record.backup();
            return "%s, %s, in %s".formatted(
                    backup.id(), bytes(backup.bytes()), String.join(", ", backup.destinations()));
        }
        if (record.verification() != null) {
            VerificationSummary found = record.verification();
            String drill = found.rtoMillis() == null ? "" : ", restored in " + duration(found.rtoMillis());
            return found.id() + (found.sound() ? " is sound" : " is NOT sound") + ", verified by"
                    + " " + found.depth() + drill;
        }
        if (record.restore() != null) {
            return record.restore().id() + " restored in " + duration(record.restore().durationMillis());
        }
        return record.state() == BackupRecord.State.RUNNING && !building ? "unknown" : Words.of(record.state());
    }

    /** @return a paragraph; null where there is nothing to say */
    public String getMessage() {
        return record.state() == BackupRecord.State.RUNNING && !building ? LOST : record.message();
    }

    /** @return null for none */
    public String span(Long seconds) {
        return seconds == null ? null : Words.span(Duration.ofSeconds(seconds));
    }

    /** @return such as "2026-11-24 17:30:00 UTC" */
    public String time(String iso) {
        return UTC.format(Instant.parse(iso));
    }

    public String number(long value) {
        return Words.number(value);
    }

    /** @return by name of the destination, why it does not have the backup */
    public List<Map.Entry<String, String>> getFailures() {
        return record.backup() == null ? List.of() : List.copyOf(record.backup().failures().entrySet());
    }

    /** @return what is wrong, a sentence each */
    public List<String> getProblems() {
        if (record.verification() != null) {
            return record.verification().problems();
        }
        return record.restore() == null ? List.of() : record.restore().problems();
    }

    /** @return 0 to 100: how much of the biggest one's size it has */
    public int share(BackupSummary.Content content) {
        long most = record.backup().contents().stream().mapToLong(BackupSummary.Content::bytes).max().orElse(0);
        return most == 0 ? 0 : (int) Math.round(content.bytes() * 100.0 / most);
    }
}
