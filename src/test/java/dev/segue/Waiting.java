package dev.segue;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for conditions that other threads or processes fulfil. */
public final class Waiting {

    /** Longer than any condition takes on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Waiting() {}

    /**
     * Returns once a condition holds.
     *
     * @param condition its description, for the error after five minutes
     */
    public static void until(String condition, Callable<Boolean> holds) {
        Awaitility.await(condition)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .until(holds);
    }
}
