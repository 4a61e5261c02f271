package dev.segue.cli;

import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.event.ReadCounts;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The event logs that a command reads, behind a bar that shows how much of them it has read. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class NamedLogs {

    /** The names that a log may have, for the help of a command. */
    static final String NAMES =
            "Logs of Segue or Botify: files, folders or globs; - for the standard input. JSON lines, a "
                    + "JSON array or Parquet, plain or compressed by gzip or zstd, rotated or not.";

    @Mixin
    private LineOptions lines;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The names, as given. */
    abstract List<String> names();

    /**
     * Finds the files, and prints what is left out.
     *
     * @throws dev.segue.event.EventLogException if there are none
     */
    EventLogs find() {
        return lines.find(names(), err());
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
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

    /** A bar over the bytes of the logs. */
    Progress progress(String task, EventLogs found) {
        return new Progress(task, found.bytes(), " MB", 1_000_000);
    }

    /** Prints which lines were passed over, and which shares were taken as 1. */
    void print(ReadCounts counts) {
        LineOptions.print(counts, err());
    }
}
