package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, sizes, networks and addresses. */
class ConversionsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0s", "60s, 60000, 1m0s", "1m30s, 90000, 1m30s", "1h, 3600000, 1h0m0s", "1.5h, 5400000, 1h30m0s",
        "500ms, 500, 0s", "90m, 5400000, 1h30m0s", "+5s, 5000, 5s", ".5m, 30000, 30s", "24h, 86400000, 24h0m0s"
    })
    void readsDurationsAsGoDoes(String text, long millis, String shown) {
        assertThat(Durations.parse(text).toMillis()).isEqualTo(millis);
        assertThat(Durations.show(Durations.parse(text))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", "s", "1d", "-5s", "1h30", "99999999999999h", ". s", "1,5h"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "50MiB, 52428800, 50MiB", "5MB, 5242880, 5MiB", "1k, 1024, 1KiB", "1.5GB, 1610612736, 1536MiB",
        "100, 100, 100B", "7 KB, 7168, 7KiB", "12b, 12, 12B", "2tb, 2199023255552, 2TiB"
    })
    void readsSizesWithUnitsOf1024(String text, long bytes, String shown) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
        assertThat(Sizes.show(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "5 XB", "-1MB", "5MBB", "1e3", "99999999999999999PB"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> Sizes.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "10.0.0.0/33", "10.0.0", "::/129", "10.0.0.0/8/8", "300.0.0.1",
            "10.0.0.0/", "1/1"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesNetworksAsSets() {
        assertThat(Network.wider(List.of("10.0.0.7/8"), List.of("10.0.0.0/8"))).isFalse();
        assertThat(Network.wider(List.of("::/0"), List.of("0.0.0.0/0"))).isTrue();
        assertThat(Network.wider(List.of("2001:db8::/33", "2001:db8:8000::/33"), List.of("2001:db8::/32"))).isFalse();
        assertThat(Network.wider(List.of("2001:db8::/32"), List.of("2001:db8:8000::/33", "2001:db8::/33"))).isFalse();
        assertThat(Network.wider(List.of("2001:db8::/32"), List.of("2001:db8::/33"))).isTrue();
        assertThat(Network.wider(List.of(), List.of())).isFalse();
        assertThat(Network.wider(List.of("1.2.3.4"), List.of())).isTrue();
        assertThat(Network.wider(List.of("0.0.0.0/0"), List.of("0.0.0.0/1", "128.0.0.0/1"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, false", "http://example.com, true", "https://localhost, true", "HTTP://example.com, true",
        "https://127.1.2.3:3000/x, true", "https://[::1]:3000, true", "http://0.0.0.0, true", "myapp://callback, false",
        "https://app.localhost/x, true", "https://localhost.example.com, false", "https://user@localhost/, true",
        "exp://127.0.0.1:19000, true"
    })
    void knowsAddressesThatSuitOnlyALaptop(String address, boolean unfit) {
        assertThat(Addresses.unfitForProduction(address).isPresent()).isEqualTo(unfit);
    }

    @Test
    void anHmacIsThatOfTheSupabaseCli() {
        // printf %s the-secret | openssl dgst -sha256 -hmac abcdefghijklmnopqrst
        assertThat(Fingerprints.hmac("abcdefghijklmnopqrst", "the-secret"))
                .isEqualTo("29db763244cf4fcefbac73a014a00e256de646a16d75bb6df9af685d04ad183d");
    }

    @Test
    void aSaltedFingerprintFitsItsValueOnly() {
        String salted = Fingerprints.salted("value");

        assertThat(Fingerprints.matches("value", salted)).isTrue();
        assertThat(Fingerprints.matches("other", salted)).isFalse();
        assertThat(Fingerprints.salted("value")).isNotEqualTo(salted);
        assertThat(Fingerprints.matches("value", "hmac:abc")).isFalse();
    }
}
