package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.environment.HttpUrlRule;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A bucket of an S3-compatible server.
 *
 * @param region        a label for where it is; also what requests are signed for unless signingRegion says otherwise
 * @param signingRegion what the server calls its region; null where that is the label
 * @param endpoint      address of the server, with a path where it has one; null for Amazon's in that region
 * @param bucket        must be there
 * @param prefix        begins the names of all objects, without slashes at its ends; null for none
 * @param pathStyle     whether the bucket stands in the path, as most servers but Amazon's want it, or before the host
 * @param accessKey     what the server calls the access key id
 * @param sessionToken  of temporary credentials; null for others
 * @param proxy         null for direct connections
 * @param bandwidth     as {@link Bandwidth} takes it; null for no limit
 * @param lockMode      of an object lock: GOVERNANCE or COMPLIANCE; null for none
 * @param lockDays      how long it lasts; null for none
 */
public record S3Settings(
        String name,
        String region,
        String signingRegion,
        String endpoint,
        String bucket,
        String prefix,
        boolean pathStyle,
        String accessKey,
        SecretText secretKey,
        SecretText sessionToken,
        ProxySettings proxy,
        String bandwidth,
        String lockMode,
        Integer lockDays)
        implements DestinationSettings {
    private static final long serialVersionUID = 1L;

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern NUMERIC_HOST = Pattern.compile("[0-9.]+|\\[.*\\]|localhost");

    public S3Settings {
        name = DestinationSettings.blankToNull(name);
        region = DestinationSettings.blankToNull(region);
        signingRegion = DestinationSettings.blankToNull(signingRegion);
        endpoint = DestinationSettings.blankToNull(endpoint);
        bucket = DestinationSettings.blankToNull(bucket);
        prefix = DestinationSettings.blankToNull(prefix);
        accessKey = DestinationSettings.blankToNull(accessKey);
        bandwidth = DestinationSettings.blankToNull(bandwidth);
        lockMode = DestinationSettings.blankToNull(lockMode);
    }

    /** One without a limit and without locks. */
    public S3Settings(
            String name,
            String region,
            String signingRegion,
            String endpoint,
            String bucket,
            String prefix,
            boolean pathStyle,
            String accessKey,
            SecretText secretKey,
            SecretText sessionToken,
            ProxySettings proxy) {
        this(
                name, region, signingRegion, endpoint, bucket, prefix, pathStyle, accessKey, secretKey, sessionToken,
                proxy, null, null, null);
    }

    /** @param limit as {@link Bandwidth} takes it; null for none */
    public S3Settings withBandwidth(String limit) {
        return new S3Settings(
                name, region, signingRegion, endpoint, bucket, prefix, pathStyle, accessKey, secretKey, sessionToken,
                proxy, limit, lockMode, lockDays);
    }

    /** @param mode as S3 writes it, in capitals; null for no lock, and so are the days then */
    public S3Settings withLock(String mode, Integer days) {
        return new S3Settings(
                name, region, signingRegion, endpoint, bucket, prefix, pathStyle, accessKey, secretKey, sessionToken,
                proxy, bandwidth, mode, days);
    }

    /** @return null for none */
    ObjectLock lock() {
        return ObjectLock.of(lockMode, lockDays);
    }

    @Override
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        add(problems, "name", DestinationSettings.nameProblem(name));
        add(problems, "region", regionProblem());
        add(problems, "endpoint", endpointProblem());
        add(problems, "bucket", bucketProblem());
        add(problems, "prefix", prefixProblem());
        add(problems, "accessKey", accessKey == null ? "The bucket needs an access key that may use it." : null);
        add(
                problems,
                "secretKey",
                secretKey == null || secretKey.isEmpty() ? "The access key needs the secret key that belongs to it." : null);
        add(problems, "bandwidth", Bandwidth.problem(bandwidth));
        add(problems, "objectLockMode", ObjectLock.modeProblem(lockMode, lockDays));
        add(problems, "objectLockDays", ObjectLock.daysProblem(lockMode, lockDays));
        return problems;
    }

    private String regionProblem() {
        String signed = regionToSign();
        if (signed == null) {
            return "Requests are signed for a region: write the server's, such as eu-central-1. Servers that have none"
                    + " mostly go by us-east-1.";
        }
        return REGION.matcher(signed).matches()
                ? null
                : "\"" + signed + "\" is not a region that requests can be signed for: it has letters, digits and hyphens."
                        + " Write the server's own name for it into signingRegion, and keep this one as the label.";
    }

    private String endpointProblem() {
        if (endpoint == null) {
            return null;
        }
        String problem = HttpUrlRule.problem(endpoint);
        if (problem != null || pathStyle) {
            return problem;
        }
        return NUMERIC_HOST.matcher(URI.create(endpoint).getHost()).matches()
                ? "\"" + endpoint + "\" has no name that a bucket could stand before: set pathStyle."
                : null;
    }

    private String bucketProblem() {
        if (bucket == null) {
            return "A destination needs the name of its bucket.";
        }
        return BUCKET.matcher(bucket).matches()
                ? null
                : "\"" + bucket + "\" is no name of a bucket: it has 2 to 63 letters, digits, dots, hyphens and"
                        + " underscores.";
    }

    private String prefixProblem() {
        if (prefix == null) {
            return null;
        }
        try {
            BlobKey.check(prefix);
            return null;
        } catch (IllegalArgumentException e) {
            return "\"" + prefix + "\" is not a usable prefix: write it as releases/shop, without slashes at its ends,"
                    + " empty parts and parts that begin with a dot.";
        }
    }

    private static void add(List<SettingProblem> problems, String field, String message) {
        if (message != null) {
            problems.add(new SettingProblem(field, message));
        }
    }

    String regionToSign() {
        return signingRegion == null ? region : signingRegion;
    }

    String address() {
        return endpoint == null ? "https://s3." + regionToSign() + ".amazonaws.com" : endpoint;
    }

    @Override
    public Destination opened() {
        return new S3Destination(this, S3Patience.DEFAULT);
    }
}
