package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says what a server's refusals mean, and what to do about them. */
final class S3Failures {
    private static final String UNTOUCHED = "Stored objects are as they were.";

    private final S3Settings settings;

    S3Failures(S3Settings settings) {
        this.settings = settings;
    }

    /** @param doing as in "storing releases/1.zip" */
    DestinationException of(String doing, S3Error error) {
        return switch (error.code()) {
            case "InvalidAccessKeyId" -> refused(
                    doing,
                    error,
                    "the server does not know the access key",
                    "Correct the access key of the destination's credential.");
            case "SignatureDoesNotMatch" -> refused(
                    doing,
                    error,
                    "the server does not accept the signature",
                    "The secret key does not belong to the access key, or a proxy changes requests: correct the "
                            + "destination's credential.");
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" -> refused(
                    doing,
                    error,
                    "the session token is not, or no longer, valid",
                    "Get new temporary credentials.");
            case "NoSuchBucket" -> refused(
                    doing,
                    error,
                    "there is no such bucket",
                    "Correct the bucket's name or the endpoint, or create the bucket: it is not created by itself.");
            case "RequestTimeTooSkewed" -> refused(
                    doing,
                    error,
                    "the clocks differ: here it is %s%s"
                            .formatted(
                                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                    error.expected().isEmpty() ? "" : ", there " + error.expected()),
                    "Set the clock of this machine or of the server (NTP).");
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "IllegalLocationConstraintException",
                    "InvalidRegion" -> wrongRegion(doing, error);
            case "QuotaExceeded", "EntityTooLarge", "XMinioStorageFull", "InsufficientStorage" -> refused(
                    doing, error, "the server has no room for it", "Make room, or raise the bucket's quota.");
            case "InvalidRequest", "ObjectLockConfigurationNotFoundError", "NotImplemented" -> settings.lock() == null
                    ? byStatus(doing, error)
                    : refused(
                            doing,
                            error,
                            "the bucket locks no objects",
                            "Use a bucket that was created with object lock, or take the destination's objectLockMode"
                                    + " away.");
            default -> byStatus(doing, error);
        };
    }

    private DestinationException byStatus(String doing, S3Error error) {
        if (error.status() == 403 || error.status() == 401) {
            return refused(
                    doing,
                    error,
                    "the access key is not allowed to",
                    "Let it list the bucket (s3:ListBucket) and read, write and delete its objects (s3:GetObject, "
                            + "s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload)"
                            + (settings.lock() == null
                                    ? "."
                                    : " and their locks (s3:GetObjectRetention, s3:PutObjectRetention)."));
        }
        if (error.passes()) {
            return refused(
                    doing, error, "the server kept failing", "Look at the server, and run it again when it is well.");
        }
        if (error.status() >= 300 && error.status() < 400) {
            return wrongRegion(doing, error);
        }
        if (error.code().isEmpty()) {
            return refused(
                    doing,
                    error,
                    "the answer is not that of an S3 server",
                    "Check the endpoint, and whether a proxy answers in its place.");
        }
        return refused(doing, error, "the server refused", "Look up that code in the server's documentation.");
    }

    private DestinationException wrongRegion(String doing, S3Error error) {
        return refused(
                doing,
                error,
                "the bucket is in another region or has another endpoint than %s, %s"
                        .formatted(settings.regionToSign(), settings.address()),
                error.expected().isEmpty()
                        ? "Correct the region (signingRegion where the label is another) and the endpoint."
                        : "The server names %s: correct the region (signingRegion where the label is another) or the "
                                        .formatted(error.expected())
                                + "endpoint.");
    }

    private DestinationException refused(String doing, S3Error error, String what, String advice) {
        return new DestinationException("%s failed: %s (answer %s). %s %s"
                .formatted(where(doing), what, error.describe(), UNTOUCHED, advice));
    }

    DestinationException unreachable(String doing, IOException cause) {
        String what = "the connection broke off (%s)".formatted(cause.getMessage());
        String advice = "Check the network between this machine and the server.";
        if (cause instanceof UnknownHostException) {
            what = "its host name is not known here";
            advice = "Correct the endpoint, or the name servers of this machine.";
        } else if (cause instanceof InterruptedIOException) {
            what = "the server gave no answer in time";
        } else if (cause instanceof NoRouteToHostException) {
            what = "there is no route to it";
        } else if (cause instanceof ConnectException) {
            what = "it does not accept connections (%s)".formatted(cause.getMessage());
            advice = "Check the endpoint, and whether the server runs and a firewall lets this machine through.";
        } else if (cause instanceof SSLException) {
            what = "no secure connection came about (%s)".formatted(cause.getMessage());
            advice = "Check the server's certificate, and whether this machine's Java trusts who issued it.";
        }
        return new DestinationException(
                "%s failed: %s. An object that was to be written is there whole or not at all; running it again finds out. %s"
                        .formatted(where(doing), what, advice),
                cause);
    }

    DestinationException source(String doing, IOException cause) {
        return new DestinationException(
                "%s failed: what was to be sent cannot be read (%s). %s Make the object anew, and run it again."
                        .formatted(where(doing), cause.getMessage(), UNTOUCHED),
                cause);
    }

    DestinationException noS3(String doing, IOException cause) {
        return new DestinationException(
                "%s failed: the answer is not that of an S3 server (%s). %s Check the endpoint."
                        .formatted(where(doing), cause.getMessage(), UNTOUCHED),
                cause);
    }

    /** @param sha256 of what was read of the content */
    DestinationException mismatch(String key, BlobContent content, String sha256) {
        return Mismatch.ofContent(settings.name(), key, content, new BlobDigest(content.size(), sha256));
    }

    /** @param found what was read back */
    DestinationException damaged(String key, BlobContent content, BlobDigest found) {
        return new DestinationException(
                ("%s failed: what arrived is not what was sent (%s instead of %s). The damaged "
                                + "object was deleted. Look at the server's disks and at proxies on the way, and run it again.")
                        .formatted(where("storing " + key), found, BlobDigest.of(content)));
    }

    DestinationException notLocked(String key) {
        return new DestinationException(
                ("%s failed: it is stored, but the server says of no lock of it, so that it could be deleted. Use a"
                                + " bucket that was created with object lock and let the access key read locks"
                                + " (s3:GetObjectRetention), or take the destination's objectLockMode away.")
                        .formatted(where("locking " + key)));
    }

    DeletionRefusedException notDeleted(String key, S3Error error) {
        return new DeletionRefusedException(
                ("%s was refused: it is locked, or the access key is not allowed to delete (answer %s). It is as it"
                                + " was. Wait until its lock ends, or let who may do it delete it.")
                        .formatted(where("deleting " + key), error.describe()));
    }

    DestinationException vanished(String key) {
        return new DestinationException(
                "%s failed: the server says that it is stored, but it is not there. Look at the server, and run it again."
                        .formatted(where("storing " + key)));
    }

    DestinationException tooLongToBuffer(String key, long most) {
        return new DestinationException(
                "%s failed: a stream of more than %d GiB cannot be stored. %s Write it to a file first."
                        .formatted(where("storing " + key), most >> 30, UNTOUCHED));
    }

    private String where(String doing) {
        return "%s%s in the destination %s (bucket %s at %s)"
                .formatted(
                        doing.substring(0, 1).toUpperCase(Locale.ROOT),
                        doing.substring(1),
                        settings.name(),
                        settings.bucket(),
                        settings.address());
    }
}
