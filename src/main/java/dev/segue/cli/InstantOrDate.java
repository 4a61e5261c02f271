package dev.segue.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time on the command line: an instant, or a date, which means its midnight in a time zone.
 *
 * @param instantIn returns the instant for a time zone
 */
record InstantOrDate(Function<ZoneId, Instant> instantIn) {

    /** Parses an instant or a date. */
    static final class Reader implements ITypeConverter<InstantOrDate> {
        @Override
        public InstantOrDate convert(String text) {
            try {
                if (text.contains("T")) {
                    Instant instant = Instant.parse(text);
                    return new InstantOrDate(zone -> instant);
                }
                LocalDate day = LocalDate.parse(text);
                return new InstantOrDate(zone -> day.atStartOfDay(zone).toInstant());
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time; write 2026-01-08 or 2026-01-08T12:00:00Z");
            }
        }
    }
}
