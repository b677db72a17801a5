package io.jenkins.plugins.supabase.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Freeze NIGHTS = weekly("mon-fri", "22:00", "06:00", "");
    private static final Freeze WEEKEND = weekly("friday", "18:00", "08:00", "monday");

    private static Freeze weekly(String days, String from, String to, String until) {
        return new FreezeSettings(days, from, to, until, "Europe/Berlin", "rest").toFreeze();
    }

    private static Freeze dated(String from, String to) {
        return new FreezeSettings("", from, to, "", "Europe/Berlin", "holiday").toFreeze();
    }

    private static Instant berlin(String wall) {
        return LocalDateTime.parse(wall).atZone(BERLIN).toInstant();
    }

    /** 2026-11-27 is a Friday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-26T21:59:59, false",
        "2026-11-26T22:00:00, true",
        "2026-11-27T00:00:00, true",
        "2026-11-27T05:59:59, true",
        "2026-11-27T06:00:00, false",
        "2026-11-28T05:59:59, true",
        "2026-11-28T22:00:00, false",
        "2026-11-30T05:00:00, false"
    })
    void crossesMidnight(String wall, boolean frozen) {
        assertThat(NIGHTS.at(berlin(wall)).isPresent()).isEqualTo(frozen);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T17:59:59, false",
        "2026-11-27T18:00:00, true",
        "2026-11-29T12:00:00, true",
        "2026-11-30T07:59:59, true",
        "2026-11-30T08:00:00, false"
    })
    void lastsUntilAnotherDayOfTheWeek(String wall, boolean frozen) {
        assertThat(WEEKEND.at(berlin(wall)).isPresent()).isEqualTo(frozen);
    }

    @Test
    void aDayFromMidnightToMidnightHasItsHoursAlsoWhenTheClockIsChanged() {
        Freeze sundays = weekly("sun", "00:00", "00:00", "");

        FreezeWindow spring = sundays.at(berlin("2026-03-29T12:00")).orElseThrow();
        FreezeWindow autumn = sundays.at(berlin("2026-10-25T12:00")).orElseThrow();

        assertThat(Duration.between(spring.from(), spring.until())).hasHours(23);
        assertThat(Duration.between(autumn.from(), autumn.until())).hasHours(25);
    }

    /** On 2026-03-29 the clock goes from 02:00 to 03:00, at 01:00 UTC. */
    @Test
    void aTimeThatTheClockLeavesOutHasComeWhenTheClockIsPutForward() {
        FreezeWindow from = weekly("sun", "02:30", "05:00", "").at(Instant.parse("2026-03-29T01:00:00Z")).orElseThrow();
        FreezeWindow to = weekly("sun", "00:30", "02:30", "").at(Instant.parse("2026-03-29T00:59:59Z")).orElseThrow();

        assertThat(from.from()).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(to.until()).isEqualTo("2026-03-29T01:00:00Z");
    }

    /** On 2026-10-25 the clock goes from 03:00 back to 02:00, at 01:00 UTC: 02:30 is at 00:30 and at 01:30 UTC. */
    @Test
    void aTimeThatTheClockShowsTwiceFreezesFromTheFirstAndUntilTheSecond() {
        FreezeWindow from = weekly("sun", "02:30", "05:00", "").at(Instant.parse("2026-10-25T03:00:00Z")).orElseThrow();
        FreezeWindow to = weekly("sun", "00:30", "02:30", "").at(Instant.parse("2026-10-25T01:00:00Z")).orElseThrow();

        assertThat(from.from()).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(to.until()).isEqualTo("2026-10-25T01:30:00Z");
    }

    @Test
    void isByTheClockOfItsPlaceWhateverTheMachineHas() {
        Freeze tokyo = new FreezeSettings("mon", "09:00", "18:00", "", "Asia/Tokyo", "market").toFreeze();

        assertThat(tokyo.at(Instant.parse("2026-11-30T00:00:00Z"))).isPresent();
        assertThat(tokyo.at(Instant.parse("2026-11-30T09:00:00Z"))).isEmpty();
    }

    @Test
    void aDateAloneIsMeantWhole() {
        Freeze holidays = dated("2026-12-24", "2026-12-26");

        assertThat(holidays.at(berlin("2026-12-23T23:59:59"))).isEmpty();
        assertThat(holidays.at(berlin("2026-12-24T00:00:00"))).isPresent();
        assertThat(holidays.at(berlin("2026-12-26T23:59:59"))).isPresent();
        assertThat(holidays.at(berlin("2026-12-27T00:00:00"))).isEmpty();
    }

    @Test
    void theNextFreeTimeIsAfterAllThatFollowOnEachOther() {
        Freezes freezes = new Freezes(List.of(NIGHTS, WEEKEND, dated("2026-11-30 07:00", "2026-11-30 12:00")));

        assertThat(freezes.nextFree(berlin("2026-11-27T19:00"))).contains(berlin("2026-11-30T12:00"));
        assertThat(freezes.nextFree(berlin("2026-11-30T13:00"))).contains(berlin("2026-11-30T13:00"));
        assertThat(freezes.next(berlin("2026-11-30T13:00")).orElseThrow().from()).isEqualTo(berlin("2026-11-30T22:00"));
    }

    @Test
    void whereEveryHourOfTheWeekIsFrozenThereIsNoNextFreeTime() {
        Freezes freezes = new Freezes(List.of(weekly("mon-sun", "12:00", "12:00", "")));

        assertThat(freezes.nextFree(berlin("2026-11-27T19:00"))).isEmpty();
    }

    @Test
    void aFreezeOfAWholeWeekFromADayToThatDay() {
        WeeklyFreeze freeze = WeeklyFreeze.from(
                DayOfWeek.MONDAY, LocalTime.of(8, 0), DayOfWeek.MONDAY, LocalTime.of(8, 0), BERLIN, "always");

        assertThat(new Freezes(List.of(freeze)).nextFree(berlin("2026-11-27T19:00"))).isEmpty();
    }

    @Test
    void tellsTheWindowByItsClock() {
        assertThat(WEEKEND.at(berlin("2026-11-28T12:00")).orElseThrow().describe())
                .isEqualTo("rest (Fri 2026-11-27 18:00 Europe/Berlin to Mon 2026-11-30 08:00 Europe/Berlin)");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 18:00, 08:00, '', Europe/Berlin, rest, from",
        "fry, 18:00, 08:00, '', Europe/Berlin, rest, days",
        "friday, 18, 08:00, '', Europe/Berlin, rest, from",
        "friday, 18:00, 25:00, '', Europe/Berlin, rest, to",
        "friday, 18:00, '', '', Europe/Berlin, rest, to",
        "friday, 18:00, 08:00, someday, Europe/Berlin, rest, until",
        "'fri, sat', 18:00, 08:00, monday, Europe/Berlin, rest, until",
        "friday, 18:00, 08:00, '', Europe/Berln, rest, zone",
        "friday, 18:00, 08:00, '', '', rest, zone",
        "friday, 18:00, 08:00, '', Europe/Berlin, '', reason",
        "'', 2026-12-26, 2026-12-24, '', Europe/Berlin, rest, to",
        "'', 2026-12-24, 2026-12-26, monday, Europe/Berlin, rest, until"
    })
    void namesTheFieldThatCannotBeUsed(
            String days, String from, String to, String until, String zone, String reason, String field) {
        FreezeSettings settings = new FreezeSettings(days, from, to, until, zone, reason);

        assertThat(settings.problems()).extracting(SettingProblem::field).containsExactly(field);
        assertThatThrownBy(settings::toFreeze).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(field);
    }

    @Test
    void guessesTheZoneThatWasMeant() {
        assertThat(new FreezeSettings("fri", "18:00", "19:00", "", "Europe/Berln", "x").problems().get(0).message())
                .contains("did you mean 'Europe/Berlin'?");
    }
}
