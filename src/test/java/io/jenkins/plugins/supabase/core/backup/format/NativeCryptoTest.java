package io.jenkins.plugins.supabase.core.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On this platform there is a library: what it says is what Java says. */
class NativeCryptoTest {
    private static final String CIPHER = "ChaCha20-Poly1305";
    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int TAG_BYTES = 16;

    private final byte[] key = new byte[32];
    private final byte[] nonce = new byte[12];
    private final byte[] plain = new byte[SEGMENT_BYTES];

    @BeforeEach
    void fill() {
        Random random = new Random(7);
        random.nextBytes(key);
        random.nextBytes(nonce);
        random.nextBytes(plain);
    }

    @Test
    void encryptsAsJavaDoesAndDecryptsWhatJavaEncrypted() throws Exception {
        for (int length : new int[] {0, 1, 15, 64, SEGMENT_BYTES}) {
            ByteBuffer ours = run(ours(Cipher.ENCRYPT_MODE), ByteBuffer.wrap(plain, 0, length), length + TAG_BYTES);
            ByteBuffer javas = run(javas(Cipher.ENCRYPT_MODE), ByteBuffer.wrap(plain, 0, length), length + TAG_BYTES);

            assertThat(ours).isEqualTo(javas);
            assertThat(run(ours(Cipher.DECRYPT_MODE), javas, length)).isEqualTo(ByteBuffer.wrap(plain, 0, length));
        }
    }

    @Test
    void aChangedByteIsFound() throws Exception {
        ByteBuffer encrypted = run(ours(Cipher.ENCRYPT_MODE), ByteBuffer.wrap(plain), SEGMENT_BYTES + TAG_BYTES);
        encrypted.put(1000, (byte) (encrypted.get(1000) ^ 1));

        assertThatThrownBy(() -> run(ours(Cipher.DECRYPT_MODE), encrypted, SEGMENT_BYTES))
                .isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void hashesAsJavaDoes() throws Exception {
        MessageDigest digest = NativeCrypto.sha256();

        assertThat(digest.getProvider().getName()).isEqualTo("Conscrypt");
        digest.update(plain, 0, 100);
        digest.update(plain, 100, plain.length - 100);
        assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(plain));
        assertThat(digest.digest(Arrays.copyOf(plain, 3)))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(plain, 3)));
    }

    private static ByteBuffer run(Cipher cipher, ByteBuffer input, int length) throws Exception {
        ByteBuffer output = ByteBuffer.allocate(length);
        assertThat(cipher.doFinal(input.duplicate(), output)).isEqualTo(length);
        return output.flip();
    }

    private Cipher ours(int mode) throws Exception {
        return initialized(Cipher.getInstance(CIPHER, NativeCrypto.provider()), mode);
    }

    private Cipher javas(int mode) throws Exception {
        return initialized(Cipher.getInstance(CIPHER, "SunJCE"), mode);
    }

    private Cipher initialized(Cipher cipher, int mode) throws Exception {
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher;
    }
}
