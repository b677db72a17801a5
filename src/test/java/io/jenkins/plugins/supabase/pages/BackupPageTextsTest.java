package io.jenkins.plugins.supabase.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BackupPageTextsTest {
    @Test
    void oneThingIsNotSeveral() throws IOException {
        assertThat(storage("restore", 1L, "13 kB", "0", "0", 1L))
                .isEqualTo("1 object written (13 kB), 0 were there already, 0 others were left alone, 1 bucket made");
        assertThat(storage("backup", 1L, "13 kB", "1", "0", "0", "0")).startsWith("1 object (13 kB): 1 read");
    }

    @Test
    void noneAndManyAreSeveral() throws IOException {
        assertThat(storage("restore", 12_000L, "1.2 GB", "0", "0", 0L))
                .startsWith("12,000 objects written (1.2 GB)")
                .endsWith(" 0 buckets made");
        assertThat(storage("backup", 0L, "0 B", "0", "0", "0", "0")).startsWith("0 objects (0 B)");
    }

    private static String storage(String view, Object... arguments) throws IOException {
        Properties texts = new Properties();
        try (InputStream file = BackupPage.class.getResourceAsStream("BackupPage/" + view + ".properties")) {
            texts.load(file);
        }
        return new MessageFormat(texts.getProperty("storage"), Locale.ENGLISH).format(arguments);
    }
}
