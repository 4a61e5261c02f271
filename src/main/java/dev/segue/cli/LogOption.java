package dev.segue.cli;

import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** {@code --log}: the event logs that a command reads, behind a bar that shows how much of them it has read. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LogOption {

    @Option(
            names = "--log",
            required = true,
            arity = "1..*",
            paramLabel = "LOG",
            description = "Logs of Segue or Botify, gzipped or not: files, folders or globs.")
    private List<String> logs;

    /**
     * Finds the files.
     *
     * @throws dev.segue.event.EventLogException if there are none
     */
    EventLogs find() {
        return EventLogs.find(logs);
    }

    /**
     * Reads the logs.
     *
     * @param task the bar's name
     * @param reading takes the events, and tells the bar how many bytes of them it has read
     */
    <R> R read(String task, BiFunction<EventReader, Progress, R> reading) {
        EventLogs found = find();
        try (var progress = new Progress(task, found.bytes(), " MB", 1_000_000);
                EventReader events = found.open()) {
            return reading.apply(events, progress);
        }
    }
}
