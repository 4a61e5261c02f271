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

/** The event logs of a command, which are read with a progress bar. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class NamedLogs {

    /** Description of a log's name, for the help of commands. */
    static final String NAMES = "Logs of Segue or Botify: files, folders or globs; - for standard input. JSON lines, a "
            + "JSON array or Parquet, plain or compressed by gzip or zstd, rotated or not.";

    @Mixin
    private LineOptions lines;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The names on the command line. */
    abstract List<String> names();

    /**
     * Finds the files, and prints those that are left out.
     *
     * @throws dev.segue.event.EventLogException if there are no files
     */
    EventLogs find() {
        return lines.find(names(), err());
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }

    /**
     * Reads the logs, and prints the counts of skipped lines and clamped shares.
     *
     * @param task name of the progress bar
     * @param reading reads the events, and reports the number of bytes read to the progress bar
     */
    <R> R read(String task, BiFunction<EventReader, Progress, R> reading) {
        EventLogs logs = find();
        R result;
        ReadCounts counts;
        try (var progress = progress(task, logs);
                EventReader events = logs.open()) {
            result = reading.apply(events, progress);
            counts = events.counts();
        }
        print(counts);
        return result;
    }

    /** A progress bar over the bytes of the logs. */
    Progress progress(String task, EventLogs logs) {
        return new Progress(task, logs.bytes(), " MB", 1_000_000);
    }

    /** Prints the counts of skipped lines and clamped shares. */
    void print(ReadCounts counts) {
        LineOptions.print(counts, err());
    }
}
