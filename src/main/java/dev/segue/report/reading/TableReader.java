package dev.segue.report.reading;

import dev.segue.event.EventLogException;
import dev.segue.event.EventLogs;
import dev.segue.event.EventReader;
import dev.segue.event.FilePart;
import dev.segue.event.LogRules;
import dev.segue.event.ReadCounts;
import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Reads the events of log files into a table, on all processors. */
final class TableReader {

    /** The number of events after which a thread reports its progress and checks the memory. */
    private static final int STEP = 1 << 12;

    private static final double MEGABYTE = 1e6;

    /** Approximate memory of a listener in the table and in the reading of an experiment. */
    private static final long BYTES_PER_LISTENER = 800;

    /** A reserve for the results, as a factor of the memory of events and listeners. */
    private static final double RESERVE = 1.25;

    private final long mostBytes;
    private final LongConsumer progress;
    private final long allBytes;
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final Numbers<ListenerId> listeners = new Numbers<>();
    private final Numbers<Arms> arms = new Numbers<>();
    private ReadCounts counts = ReadCounts.NONE;

    /**
     * @param mostBytes the maximum memory of the events
     * @param progress receives the number of bytes read, from several threads
     */
    TableReader(long allBytes, long mostBytes, LongConsumer progress) {
        this.allBytes = allBytes;
        this.mostBytes = mostBytes;
        this.progress = progress;
    }

    /**
     * Reads all files.
     *
     * @throws EventLogException if a line is not an event
     * @throws ReportException if the events do not fit into memory
     */
    EventTable read(EventLogs logs) {
        List<Callable<Read>> tasks = new ArrayList<>();
        for (Path file : logs.files()) {
            FilePart.of(file, logs.rules()).forEach(lines -> tasks.add(() -> read(lines, logs.rules())));
        }
        List<EventTable.Part> parts = new ArrayList<>();
        for (Read read : Workers.run(tasks)) {
            parts.add(read.part);
            counts = counts.plus(read.counts);
        }
        return new EventTable(parts, listeners.inOrder(), arms.inOrder());
    }

    /** Counts of lines that are not events. */
    ReadCounts counts() {
        return counts;
    }

    /** The events of a part of a file, and the counts of other lines. */
    private record Read(EventTable.Part part, ReadCounts counts) {}

    private Read read(FilePart lines, LogRules rules) {
        var part = new EventTable.Part();
        try (EventReader reader = lines.open(rules)) {
            Arms lastArms = Arms.NONE;
            int lastNumber = arms.of(lastArms);
            long reported = 0;
            for (Event event = reader.next(); event != null; event = reader.next()) {
                if (!event.experiments().equals(lastArms)) {
                    lastArms = event.experiments();
                    lastNumber = arms.of(lastArms);
                }
                part.add(event, listeners.of(event.listener()), lastNumber);
                if (part.size() % STEP == 0) {
                    reported = step(reader, reported);
                }
            }
            part.end();
            events.addAndGet(part.size() % STEP);
            return new Read(part, reader.counts());
        } catch (EventLogException e) {
            throw lines.withFileLineNumber(rules, e);
        }
    }

    private long step(EventReader reader, long reported) {
        long read = reader.bytesRead();
        long bytes = bytesRead.addAndGet(read - reported);
        progress.accept(bytes);
        long soFar = events.addAndGet(STEP);
        double taken = RESERVE
                * ((double) EventTable.BYTES_PER_EVENT * soFar + (double) BYTES_PER_LISTENER * listeners.size());
        if (taken > mostBytes) {
            double all = bytes == 0 ? 2 * taken : Math.max(taken, taken * allBytes / bytes);
            throw new ReportException(String.format(
                    Locale.ROOT,
                    "the log is too large for the memory that Java may take, %,.0f MB; give it more, as in: java -Xmx%.0fm"
                            + " -jar segue.jar report ...",
                    Runtime.getRuntime().maxMemory() / MEGABYTE,
                    Math.ceil(all / MEGABYTE / 100 + 2) * 100));
        }
        return read;
    }

    /** Numbers different things in the order of their first use: 0, 1, 2, …. Thread-safe. */
    private static final class Numbers<T> {

        private final Map<T, Integer> numbers = new ConcurrentHashMap<>();
        private final AtomicInteger next = new AtomicInteger();

        int of(T thing) {
            Integer known = numbers.get(thing);
            return known != null ? known : numbers.computeIfAbsent(thing, key -> next.getAndIncrement());
        }

        int size() {
            return next.get();
        }

        List<T> inOrder() {
            List<T> things = new ArrayList<>(Collections.nCopies(numbers.size(), null));
            numbers.forEach((thing, number) -> things.set(number, thing));
            return things;
        }
    }
}
