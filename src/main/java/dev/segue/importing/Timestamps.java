package dev.segue.importing;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads timestamps: numbers since 1970 in any unit, ISO 8601 with or without zone, also with a space for the T, and the form
 * of Last.fm's exports, {@code 31 Jan 2026, 12:00}.
 */
final class Timestamps {

    /** The result for text that is not a timestamp. */
    static final long INVALID = Long.MIN_VALUE;

    private static final Pattern LAST_FM = Pattern.compile("\\d{1,2} \\p{L}{3} \\d{4},? \\d{2}:\\d{2}(:\\d{2})?");
    private static final DateTimeFormatter LAST_FM_FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d MMM uuuu[,] HH:mm[:ss]")
            .toFormatter(Locale.ENGLISH);

    private static final long DAY_MILLIS = 86_400_000;

    private final @Nullable TimestampUnit unit;
    private final ZoneId zone;
    private boolean local;
    private String lastSuffix = "";
    private ZoneId lastZone = ZoneOffset.UTC;

    /**
     * @param unit the unit of numbers; null to take it from each number
     * @param zone the zone of text without a zone
     */
    Timestamps(@Nullable TimestampUnit unit, ZoneId zone) {
        this.unit = unit;
        this.zone = zone;
    }

    /** Whether a text has the form of the dates in Last.fm's exports. */
    static boolean isLastFm(String text) {
        return LAST_FM.matcher(text.strip()).matches();
    }

    /** Whether the last timestamp was text without a zone. */
    boolean wasLocal() {
        return local;
    }

    /** Whether a time in ms since 1970 is accepted: from 1990 to 2099, or any from 1970 on if the unit is given. */
    boolean isPlausible(long millis) {
        return unit == null ? TimestampUnit.isPlausible(millis) : millis >= 0 && millis < TimestampUnit.LATEST_MILLIS;
    }

    /** The time in ms since 1970; {@link #INVALID} if the text is not a timestamp. */
    long parse(String text) {
        local = false;
        double number = Numbers.parse(text);
        if (!Double.isNaN(number)) {
            return ofNumber(number);
        }
        try {
            return text.length() > 4 && text.charAt(4) != '-' && isLastFm(text)
                    ? ofLocal(LocalDateTime.parse(text, LAST_FM_FORMAT))
                    : new IsoParser(text).parse();
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            return INVALID;
        }
    }

    /** Without a given unit, the one in which the number is a time from 1990 to 2099; as seconds if it is none. */
    private long ofNumber(double number) {
        if (unit != null) {
            return unit.toMillis(number);
        }
        for (TimestampUnit candidate : TimestampUnit.values()) {
            if (TimestampUnit.isPlausible(candidate.toMillis(number))) {
                return candidate.toMillis(number);
            }
        }
        return TimestampUnit.SECONDS.toMillis(number);
    }

    /** The zone of a suffix such as {@code +02:00[Europe/Paris]}; mostly that of the timestamp before. */
    private ZoneId zoneOf(String suffix) {
        if (!suffix.equals(lastSuffix)) {
            lastZone = ZoneId.of(suffix.replaceFirst("\\[.*", ""));
            lastSuffix = suffix;
        }
        return lastZone;
    }

    private long ofLocal(LocalDateTime time) {
        local = true;
        return zone.equals(ZoneOffset.UTC)
                ? time.toInstant(ZoneOffset.UTC).toEpochMilli()
                : time.atZone(zone).toInstant().toEpochMilli();
    }

    /** Parses {@code 2026-01-31[T12:00[:00[.000]]][ ][Z|UTC|±hh[:mm]|[zone]]}, faster than a formatter. */
    private final class IsoParser {
        private final String text;
        private int at;

        IsoParser(String text) {
            this.text = text;
        }

        long parse() {
            int year = digits(4);
            expect("-/");
            int month = digits(2);
            expect("-/");
            long millis = LocalDate.of(year, month, digits(2)).toEpochDay() * DAY_MILLIS;
            if (at < text.length()) {
                expect("Tt ");
                millis += timeOfDay();
            }
            String suffix = text.substring(at).strip();
            if (suffix.isEmpty()) {
                local = true;
                return zone.equals(ZoneOffset.UTC) ? millis : inZone(millis, zone);
            }
            if (suffix.equalsIgnoreCase("Z") || suffix.equalsIgnoreCase("UTC")) {
                return millis;
            }
            return inZone(millis, zoneOf(suffix));
        }

        private long inZone(long millis, ZoneId id) {
            if (id instanceof ZoneOffset offset) {
                return millis - 1000L * offset.getTotalSeconds();
            }
            var time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000), 0, ZoneOffset.UTC);
            return time.atZone(id).toEpochSecond() * 1000 + Math.floorMod(millis, 1000);
        }

        private long timeOfDay() {
            int hours = digits(2);
            expect(":");
            int minutes = digits(2);
            int seconds = 0;
            long millis = 0;
            if (next(":")) {
                seconds = digits(2);
                if (next(".,")) {
                    millis = fraction();
                }
            }
            if (hours > 23 || minutes > 59 || seconds > 60) {
                throw new DateTimeException(text);
            }
            return (hours * 3600L + minutes * 60L + seconds) * 1000 + millis;
        }

        private long fraction() {
            long millis = 0;
            int digits = 0;
            for (; at < text.length() && isDigit(text.charAt(at)); at++) {
                millis = digits++ < 3 ? 10 * millis + text.charAt(at) - '0' : millis;
            }
            return millis * (digits == 1 ? 100 : digits == 2 ? 10 : 1);
        }

        private int digits(int count) {
            int number = 0;
            for (int end = at + count; at < end; at++) {
                if (!isDigit(text.charAt(at))) {
                    throw new DateTimeException(text);
                }
                number = 10 * number + text.charAt(at) - '0';
            }
            return number;
        }

        private boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private boolean next(String characters) {
            boolean found = at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
            at += found ? 1 : 0;
            return found;
        }

        private void expect(String characters) {
            if (!next(characters)) {
                throw new DateTimeException(text);
            }
        }
    }
}
