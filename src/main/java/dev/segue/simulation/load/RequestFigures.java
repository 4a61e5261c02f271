package dev.segue.simulation.load;

import dev.segue.simulation.NextTrackException;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The figures of the requests to a server.
 *
 * @param failures number of failed requests, by kind
 * @param messages messages of the first failures
 * @param vanished whether sending ended early because the server stopped responding
 * @param seconds time from the first counted request to the end
 * @param latencies latencies of successful requests in ns, from the scheduled time where there is one, and otherwise from
 *     sending; so a stalled server's latencies include the delay of the requests that waited (no coordinated omission)
 */
public record RequestFigures(
        Map<NextTrackException.Kind, Long> failures,
        List<String> messages,
        boolean vanished,
        double seconds,
        Histogram latencies) {

    /** The number of failed requests. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The number of requests, failed ones included. */
    public long requests() {
        return latencies.getTotalCount() + failed();
    }
}
