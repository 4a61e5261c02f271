package dev.segue.http;

import dev.segue.event.EventLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a load balancer should send requests to this server. A stop first makes the server not ready and continues to serve for
 * a grace period, so that load balancers which look at {@code /health/ready} send no request to a server that is gone.
 */
final class Readiness {

    private final EventLog log;
    private final Duration grace;
    private volatile boolean isStopping;

    /** @param grace the time between the begin of a stop and the refusal of requests */
    Readiness(EventLog log, Duration grace) {
        this.log = log;
        this.grace = grace;
    }

    /** Why the server is not ready; null if it is. */
    @Nullable
    Problem problem() {
        if (isStopping) {
            return Problem.stopping();
        }
        return log.isWritable()
                ? null
                : Problem.of(
                        503, "the event log cannot be written: " + log.problem().orElse("a write takes too long"));
    }

    /** Begins a stop, and waits for the grace period; a second call does not wait. */
    void stop() {
        boolean isFirst = !isStopping;
        isStopping = true;
        try {
            if (isFirst) {
                Thread.sleep(grace.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
