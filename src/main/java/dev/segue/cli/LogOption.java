package dev.segue.cli;

import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.event.LogRules;
import dev.segue.event.ReadCounts;
import dev.segue.event.TimestampUnit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --log}: the event logs that a command reads, behind a bar that shows how much of them it has read. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LogOption {

    private static final String REMEDY = "; --skip-bad-lines passes over such lines";

    @Option(
            names = "--log",
            required = true,
            arity = "1..*",
            paramLabel = "LOG",
            description =
                    "Logs of Segue or Botify: files, folders or globs; - for the standard input. JSON lines, a JSON "
                            + "array or Parquet, plain or compressed by gzip or zstd, rotated or not.")
    private List<String> logs;

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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Finds the files, and prints what is left out.
     *
     * @throws dev.segue.event.EventLogException if there are none
     */
    EventLogs find() {
        EventLogs found = EventLogs.find(logs, new LogRules(skipsBadLines, timestamps, skipsBadLines ? "" : REMEDY));
        PrintWriter err = command.commandLine().getErr();
        found.leftOut().forEach(err::println);
        err.flush();
        return found;
    }

    /**
     * Reads the logs, and prints what was met beside events.
     *
     * @param task the bar's name
     * @param reading takes the events, and tells the bar how many bytes of them it has read
     */
    <R> R read(String task, BiFunction<EventReader, Progress, R> reading) {
        EventLogs found = find();
        R result;
        ReadCounts counts;
        try (var progress = progress(task, found);
                EventReader events = found.open()) {
            result = reading.apply(events, progress);
            counts = events.counts();
        }
        print(counts);
        return result;
    }

    /** Prints which lines were passed over, and which shares were taken as 1. */
    void print(ReadCounts counts) {
        PrintWriter err = command.commandLine().getErr();
        if (counts.badLines() > 0) {
            err.printf(Locale.ROOT, "%,d bad lines passed over, first:%n", counts.badLines());
            counts.firstBadLines().forEach(line -> err.println("  " + line));
        }
        if (counts.clampedShares() > 0) {
            err.printf(Locale.ROOT, "%,d events with a \"time\" above 1, taken as 1%n", counts.clampedShares());
        }
        err.flush();
    }

    /** A bar over the bytes of the logs. */
    Progress progress(String task, EventLogs logs) {
        return new Progress(task, logs.bytes(), " MB", 1_000_000);
    }
}
