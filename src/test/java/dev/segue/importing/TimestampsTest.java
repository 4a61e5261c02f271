package dev.segue.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private static final String TIME = "2026-01-05T08:00:00.250Z";

    private final Timestamps timestamps = new Timestamps(null, ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1767600000.25",
                "1767600000250",
                "1767600000250000",
                "1767600000250000000",
                "1.76760000025E9",
                "2026-01-05T08:00:00.250Z",
                "2026-01-05T08:00:00.25z",
                "2026-01-05 08:00:00.250 UTC",
                "2026-01-05T10:00:00.250+02:00",
                "2026-01-05 03:00:00,250-05",
                "2026-01-05T13:30:00.250999999+0530",
                "2026-01-05T09:00:00.250+01:00[Europe/Paris]",
                "2026-01-05T08:00:00.250",
                "2026/01/05 08:00:00.250",
            })
    void oneTimeInAllForms(String text) {
        assertEquals(Instant.parse(TIME), Instant.ofEpochMilli(timestamps.parse(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "'05 Jan 2026, 08:00', 2026-01-05T08:00:00Z",
        "'5 jan 2026 08:00:30', 2026-01-05T08:00:30Z",
        "2026-01-05 08:00, 2026-01-05T08:00:00Z",
        "2026-01-05, 2026-01-05T00:00:00Z",
    })
    void textWithoutAZone(String text, Instant time) {
        assertEquals(time, Instant.ofEpochMilli(timestamps.parse(text)));
        assertTrue(timestamps.wasLocal());
        var paris = new Timestamps(null, ZoneId.of("Europe/Paris"));
        assertEquals(time.minusSeconds(3600), Instant.ofEpochMilli(paris.parse(text)));
    }

    @Test
    void textWithAZoneIsNotLocal() {
        timestamps.parse(TIME);
        assertFalse(timestamps.wasLocal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now",
                "2026",
                "-",
                "05/01/2026",
                "2026-02-30",
                "2026-01-05T25:00:00Z",
                "2026-01-05T08:61:00Z",
                "2026-01-05T08:00:00 Mars",
                "2026-01-",
                "32 Jan 2026, 08:00",
                "NaN",
                "1767600000f",
                "0x1p3",
                "1e",
                "1.7.6",
                "1e999",
            })
    void otherText(String text) {
        long millis = timestamps.parse(text);
        assertTrue(millis == Timestamps.INVALID || !timestamps.isPlausible(millis), text + " is " + millis);
    }

    @Test
    void aGivenUnitAllowsTimesFrom1970() {
        var seconds = new Timestamps(TimestampUnit.SECONDS, ZoneOffset.UTC);
        assertEquals(5000, seconds.parse("5"));
        assertTrue(seconds.isPlausible(5000));
        assertFalse(timestamps.isPlausible(5000));
        assertFalse(seconds.isPlausible(-1));
    }

    @ParameterizedTest
    @CsvSource({
        "180000, MILLISECONDS, 180000",
        "180, SECONDS, 180000",
        "180.0004, SECONDS, 180000",
        "3:00, MILLISECONDS, 180000",
        "1:03:00.5, SECONDS, 3780500",
        "PT3M, SECONDS, 180000",
        "86400, SECONDS, 86400000",
        "86401, SECONDS, -2",
        "-1, MILLISECONDS, -2",
        "three, SECONDS, -2",
        "'180,5', SECONDS, -2",
    })
    void durations(String text, DurationUnit unit, int millis) {
        assertEquals(millis, Durations.parse(text, unit));
    }
}
