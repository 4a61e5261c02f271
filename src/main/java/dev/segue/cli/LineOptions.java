package dev.segue.cli;

import dev.segue.event.EventLogs;
import dev.segue.event.LogRules;
import dev.segue.event.ReadCounts;
import dev.segue.event.TimestampUnit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --skip-bad-lines} and {@code --timestamps}: the options for parsing the lines of logs. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LineOptions {

    private static final String REMEDY = "; --skip-bad-lines skips such lines";

    @Option(
            names = "--skip-bad-lines",
            description =
                    "Skip lines that are not events, count them, and print the first ones. Default: the first such "
                            + "line is an error.")
    private boolean skipsBadLines;

    @Option(
            names = "--timestamps",
            paramLabel = "UNIT",
            defaultValue = "MILLISECONDS",
            description = "Unit of the timestamps in logs of other servers: ${COMPLETION-CANDIDATES}.")
    private TimestampUnit timestamps;

    /**
     * Finds the files of logs, and prints those that are left out.
     *
     * @throws dev.segue.event.EventLogException if there are no files
     */
    EventLogs find(List<String> names, PrintWriter err) {
        EventLogs logs =
                EventLogs.find(names, new LogRules(skipsBadLines, timestamps, true, skipsBadLines ? "" : REMEDY));
        logs.leftOut().forEach(err::println);
        err.flush();
        return logs;
    }

    /** Prints the counts of skipped lines and clamped shares. */
    static void print(ReadCounts counts, PrintWriter err) {
        if (counts.badLines() > 0) {
            err.printf(Locale.ROOT, "%,d bad lines skipped, first:%n", counts.badLines());
            counts.firstBadLines().forEach(line -> err.println("  " + line));
        }
        if (counts.clampedShares() > 0) {
            err.printf(Locale.ROOT, "%,d events with a \"time\" above 1, taken as 1%n", counts.clampedShares());
        }
        err.flush();
    }
}
