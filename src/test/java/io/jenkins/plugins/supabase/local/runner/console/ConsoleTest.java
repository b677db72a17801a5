package io.jenkins.plugins.supabase.local.runner.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Console console;

    @BeforeEach
    void prepare() {
        console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Test
    void masksSecretsWhereverTheyAppear() {
        console.mask().add("s3cret");

        console.line("the s3cret, s3crets3cret");
        console.pipeline("s3cret");
        console.log().println("x=s3cret");

        assertThat(text()).isEqualTo("the ****, ********\n[Pipeline] ****\nx=****\n");
    }

    @Test
    void masksASecretThatIsWrittenInParts() {
        console.mask().add("s3cret");

        console.log().print("the s3");
        console.log().print("cret is out\n");

        assertThat(text()).isEqualTo("the **** is out\n");
    }

    @Test
    void masksTheLongerOfTwoSecretsFirst() {
        console.mask().add("abc");
        console.mask().add("abcdef");

        console.line("abcdef abc");

        assertThat(text()).isEqualTo("**** ****\n");
    }

    @Test
    void masksEveryLineOfASecret() {
        console.mask().add("-----BEGIN-----\nAAAA\n\nBBBB\n");

        console.line("AAAA and BBBB");

        assertThat(text()).isEqualTo("**** and ****\n");
    }

    @Test
    void anEmptySecretMasksNothing() {
        console.mask().add("");
        console.mask().add(" ");

        console.line("a b");

        assertThat(text()).isEqualTo("a b\n");
    }

    @Test
    void questionsAppearAtOnceAndMasked() {
        console.mask().add("s3cret");

        console.ask("s3cret? ");

        assertThat(text()).isEqualTo("****? ");
    }

    @Test
    void keepsLettersOfAllAlphabets() {
        console.line("Größe … ✓");

        assertThat(text()).isEqualTo("Größe … ✓\n");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
