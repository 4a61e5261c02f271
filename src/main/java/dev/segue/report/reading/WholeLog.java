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
 * Reads complete logs for a report: reads all events into memory ({@link EventTable}), since logs of several servers are not
 * ordered by time, and then combines them by listener and session.
 */
public final class WholeLog {

    /** The share of the heap for events and listeners. The rest is for the results. */
    private static final double SHARE_OF_HEAP = 0.9;

    private final ReadingOptions options;
    private final LongConsumer progress;

    /** @param progress receives the number of bytes read, of compressed files the compressed bytes */
    public WholeLog(ReadingOptions options, LongConsumer progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * The data of an experiment.
     *
     * @param name the experiment; null for the only one
     * @throws dev.segue.event.EventLogException if a line is not an event
     * @throws ReportException if the experiment is not in the logs, if the name is null and there are several, or if the logs do
     *     not fit into memory
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

    /** The end of the range of listeners of a worker. The ranges have about the same numbers of events. */
    private static int boundary(EventTable.Order order, int from, int worker) {
        long wanted = (long) order.rows().length * worker / Workers.count();
        int listener = from;
        while (order.starts()[listener] < wanted) {
            listener++;
        }
        return listener;
    }
}
