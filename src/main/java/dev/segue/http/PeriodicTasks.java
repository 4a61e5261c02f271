package dev.segue.http;

import dev.segue.platform.OutOfMemory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread for short tasks of the server that are repeated. */
final class PeriodicTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of(task, "segue-log-deadlines"));

    /**
     * Repeats a task, with a period between the end of one run and the begin of the next. A task that fails is repeated too.
     *
     * @param failure describes a failure in the log
     */
    void repeat(Duration period, Runnable task, String failure) {
        var unused = thread.scheduleWithFixedDelay(
                () -> runSafely(task, failure), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Never throws, because a periodic task that throws is not repeated. */
    private static void runSafely(Runnable task, String failure) {
        try {
            task.run();
        } catch (Throwable failed) {
            OutOfMemory.check(failed);
            LOG.error(failure, failed);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
