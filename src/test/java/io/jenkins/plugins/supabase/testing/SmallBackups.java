package io.jenkins.plugins.supabase.testing;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.PartWriter;
import io.jenkins.plugins.supabase.core.backup.format.SealedPart;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.backup.store.PartSender;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Backups of three small parts, made without a database, and the keys for them. */
public final class SmallBackups {
    public static final String ENVIRONMENT = "production";

    private final SigningKey signingKey = signingKey();
    private final List<AgeRecipient> recipients = List.of(recipient());

    public static SigningKey signingKey() {
        try {
            byte[] key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
            return SigningKey.parse(new SecretText("-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AgeRecipient recipient() {
        try {
            byte[] key = new X25519KeyPairGenerator().generateKeyPair().getPublic().getEncoded();
            return AgeRecipient.parse(new String(key, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public VerificationKey key() {
        return signingKey.verificationKey();
    }

    /** @return its id */
    public String make(Instant time, Destination... destinations) throws IOException, InterruptedException {
        BackupStore store = new BackupStore(ENVIRONMENT, List.of(destinations));
        BackupStore.Name name = store.next(store.destinations(), time);
        try (PartSender sender = new PartSender(store, 1, line -> {})) {
            List<BackupPart> parts =
                    send(sender, List.of(PartKind.PRE_DATA, PartKind.SEQUENCES, PartKind.POST_DATA), name.id());
            sender.commit(manifest(name, time, parts), signingKey);
        }
        return name.id();
    }

    /** @return a part of each kind, which was sent */
    public List<BackupPart> send(PartSender sender, List<PartKind> kinds, String content)
            throws IOException, InterruptedException {
        List<BackupPart> parts = new ArrayList<>();
        for (PartKind kind : kinds) {
            try (PartWriter writer = new PartWriter(recipients)) {
                writer.write((content + kind).getBytes(StandardCharsets.UTF_8));
                SealedPart part = writer.seal();
                sender.send(part);
                parts.add(part.as(kind));
            }
        }
        return parts;
    }

    public BackupManifest manifest(BackupStore.Name name, Instant time, List<BackupPart> parts) {
        return new BackupManifest(
                name.id(), ENVIRONMENT, name.sequence(), time, null, "15.14", "15.14", "test", recipients, key().id(),
                List.of(), null, parts);
    }

    /** @return whose other half is {@link #key} */
    public SigningKey signer() {
        return signingKey;
    }

    /** @return ids of all that are listed, the newest first */
    public List<String> listed(Destination destination) throws InterruptedException {
        return new BackupStore(ENVIRONMENT, List.of(destination))
                .list(key()).backups().stream().map(backup -> backup.manifest().id()).toList();
    }

    /** @return what is wrong with parts of backups that are listed */
    public List<String> damages(Destination destination) throws InterruptedException {
        BackupStore store = new BackupStore(ENVIRONMENT, List.of(destination));
        List<String> damages = new ArrayList<>();
        for (StoredBackup backup : store.list(key()).backups()) {
            PartFetcher fetcher = new PartFetcher(store, backup);
            for (BackupPart part : backup.manifest().parts()) {
                fetcher.check(part, false);
            }
            damages.addAll(fetcher.damages());
        }
        return damages;
    }
}
