package dev.segue.cli;

import dev.segue.event.EventLogs;
import dev.segue.event.LogRules;
import dev.segue.event.ReadCounts;
import dev.segue.event.TimestampUnit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --skip-bad-lines} and {@code --timestamps}: how the lines of logs are read. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LineOptions {

    private static final String REMEDY = "; --skip-bad-lines passes over such lines";

    @Option(
            names = "--skip-bad-lines",
            description =
                    "Pass over lines that are no events, count them, and print the first ones. Default: the first "
                            + "one is an error.")
    private boolean skipsBadLines;

    @Option(
            names = "--timestamps",
            paramLabel = "UNIT",
            defaultValue = "MILLISECONDS",
            description = "Unit of the timestamps in logs that are not Segue's: ${COMPLETION-CANDIDATES}.")
    private TimestampUnit timestamps;

    /**
     * Finds logs, and prints what is left out.
     *
     * @throws dev.segue.event.EventLogException if there are none
     */
    EventLogs find(List<String> names, PrintWriter err) {
        EventLogs found = EventLogs.find(names, new LogRules(skipsBadLines, timestamps, skipsBadLines ? "" : REMEDY));
        found.leftOut().forEach(err::println);
        err.flush();
        return found;
    }

    /** Prints which lines were passed over, and which shares were taken as 1. */
    static void print(ReadCounts counts, PrintWriter err) {
        if (counts.badLines() > 0) {
            err.printf(Locale.ROOT, "%,d bad lines passed over, first:%n", counts.badLines());
            counts.firstBadLines().forEach(line -> err.println("  " + line));
        }
        if (counts.clampedShares() > 0) {
            err.printf(Locale.ROOT, "%,d events with a \"time\" above 1, taken as 1%n", counts.clampedShares());
        }
        err.flush();
    }
}
