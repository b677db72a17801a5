package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What an IOException of a file system means to a person. */
final class IoReason {
    private IoReason() {}

    static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    static String adviceFor(IOException failure) {
        String reason = of(failure);
        if (failure instanceof AccessDeniedException) {
            return "Objects that were there are as they were. Let the user of this process write there, and run it again.";
        }
        return reason.contains("No space") || reason.contains("quota")
                ? "Objects that were there are as they were. Make room, and run it again."
                : "Objects that were there are as they were. Look at the folder from this machine, and run it again.";
    }
}
