package dev.segue.report.reading;

import dev.segue.event.EventLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs that a person named, for a report: all events into memory ({@link EventTable}), since logs of several servers
 * are not in the order of time; then listener after listener, session after session.
 */
public final class WholeLog {

    /** The share of the heap that events and listeners may take; the rest is for what is made of them. */
    private static final double SHARE_OF_HEAP = 0.9;

    private final ReadingOptions options;
    private final LongConsumer progress;

    /** @param progress is told the number of bytes read, as they lie on the disk */
    public WholeLog(ReadingOptions options, LongConsumer progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * One of the logs' experiments.
     *
     * @param name null for the only one
     * @throws dev.segue.event.EventLogException if a line is no event
     * @throws ReportException if it is not in the logs, or there is more than one; the message lists them. Or if the logs do not
     *     fit into memory
     */
    public ExperimentData experiment(EventLogs logs, @Nullable String name) {
        return experiment(
                logs, name, Math.round(SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()));
    }

    ExperimentData experiment(EventLogs logs, @Nullable String name, long mostBytes) {
        var reader = new TableReader(logs.bytes(), mostBytes, progress);
        EventTable table = reader.read(logs);
        Set<String> experiments = new TreeSet<>();
        table.arms().forEach(arms -> experiments.addAll(arms.experiments()));
        String chosen = LogReading.choose(name, experiments, options);
        LogReading reading = read(table, chosen);
        reading.counts().setRead(reader.counts());
        return reading.experiment(name, reading.counts());
    }

    private LogReading read(EventTable table, String experiment) {
        EventTable.Order order = table.order();
        int listeners = table.listeners().size();
        List<Callable<LogReading>> tasks = new ArrayList<>();
        int from = 0;
        for (int worker = 1; worker <= Workers.count(); worker++) {
            int begin = from;
            int end = worker == Workers.count() ? listeners : boundary(order, from, worker);
            tasks.add(() -> new TableReading(table, options, experiment).read(order, begin, end));
            from = end;
        }
        var all = new LogReading(options, experiment);
        Workers.run(tasks).forEach(all::addAll);
        return all;
    }

    /** Where a worker's listeners end, so that each has about as many events. */
    private static int boundary(EventTable.Order order, int from, int worker) {
        long wanted = (long) order.rows().length * worker / Workers.count();
        int listener = from;
        while (order.starts()[listener] < wanted) {
            listener++;
        }
        return listener;
    }
}
