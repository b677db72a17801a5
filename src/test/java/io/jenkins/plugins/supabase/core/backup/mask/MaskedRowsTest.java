package io.jenkins.plugins.supabase.core.backup.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows in COPY's format, masked however they are cut into pieces. */
class MaskedRowsTest {
    private static final MaskKey KEY = new MaskKey();

    private static HashMask hash() {
        return new HashMask(KEY.mac(), false);
    }

    private static String mask(String rows, ValueMask... masks) throws IOException {
        String whole = read(new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)), masks);
        Random random = new Random(7);
        InputStream pieces = new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int read(byte[] bytes) {
                return super.read(bytes, 0, 1 + random.nextInt(3));
            }
        };
        assertThat(read(pieces, masks)).isEqualTo(whole);
        return whole;
    }

    private static String read(InputStream rows, ValueMask... masks) throws IOException {
        return new String(new MaskedRows(rows, masks).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotMaskedStaysToTheByte() throws Exception {
        assertThat(mask("1\tä\\tb\\\\\t\\N\n2\t\t\\N\n", null, FixedMask.ofText("x\ty\\"), null))
                .isEqualTo("1\tx\\ty\\\\\t\\N\n2\tx\\ty\\\\\t\\N\n");
        assertThat(mask("1\tä\n\\N\tb\n", FixedMask.ofNull(), null)).isEqualTo("\\N\tä\n\\N\tb\n");
        assertThat(mask("a\t\\N\nb\t\\\\N\n", null, FixedMask.ofText("x"))).isEqualTo("a\t\\N\nb\tx\n");
    }

    @Test
    void equalValuesStayEqualAndShapesStay() throws Exception {
        String[] rows = mask("eve@example.org\teve@example.org\nN\t\\N\n\\N\t\n"
                        + "A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11\ta\\tb\nä\\\\\tä\\\\\n", hash(), hash())
                .split("\n");

        assertThat(rows[0]).matches("([0-9a-f]{24}@masked\\.invalid)\\t\\1");
        assertThat(rows[1]).matches("[0-9a-f]{24}\t\\\\N");
        assertThat(rows[2]).isEqualTo("\\N\t");
        assertThat(rows[3]).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}\t[0-9a-f]{24}");
        assertThat(rows[4]).matches("([0-9a-f]{24})\\t\\1");
        assertThat(String.join("", rows)).doesNotContain("eve", "example");
    }

    @Test
    void aHashIsOfTheValueAndOfTheKey() throws Exception {
        String one = mask("a\n", hash());
        assertThat(mask("a\n", hash())).isEqualTo(one);
        assertThat(mask("b\n", hash())).isNotEqualTo(one);
        assertThat(mask("A\n", hash())).isNotEqualTo(one);
        assertThat(mask("A\n", new HashMask(KEY.mac(), true))).isEqualTo(one);
        assertThat(mask("a\n", new HashMask(new MaskKey().mac(), false))).isNotEqualTo(one);
        String large = "x".repeat(1 << 20);
        assertThat(mask(large + "\n" + large + "\n" + large + "y\n", hash()))
                .matches("(?s)([0-9a-f]{24})\\n\\1\\n(?!\\1).*");
    }

    @Test
    void aRowThatDoesNotEndIsNotTaken() {
        assertThatThrownBy(() -> mask("1\teve", null, hash())).hasMessageContaining("end within a row");
        assertThatThrownBy(() -> mask("1\t2\t3\n", null, hash())).hasMessageContaining("more columns");
    }

    @Test
    void rulesAreWrittenAsMapsAndAsLines() {
        Masks masks = Masks.of(Map.of("auth.users.email", "hash", "a.b.c", "text:x: y", "a.b.d", "null"));

        assertThat(Masks.parse(masks.text())).isEqualTo(masks);
        assertThat(Masks.parse("\n a.b.c : hash \r\n")).isEqualTo(Masks.of(Map.of("a.b.c", "hash")));
        assertThatThrownBy(() -> Masks.of(Map.of("a.b.c", "sha")))
                .isInstanceOf(DeliveryException.class).hasMessageContaining("'sha' is no rule");
        assertThatThrownBy(() -> Masks.parse("a.b.c hash"))
                .isInstanceOf(DeliveryException.class).hasMessageContaining("one column a line");
        assertThat(masks.with(Masks.of(Map.of("a.b.d", "null", "a.b.e", "hash"))).rules()).hasSize(4);
        assertThatThrownBy(() -> masks.with(Masks.of(Map.of("a.b.d", "hash"))))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("An administrator has decided that a.b.d");
    }
}
