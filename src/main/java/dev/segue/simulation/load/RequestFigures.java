package dev.segue.simulation.load;

import dev.segue.simulation.NextTrackException;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The figures of the requests that were sent to a server.
 *
 * @param failures failed requests, by kind
 * @param messages the first few failures' messages
 * @param vanished whether sending ended early because there were no answers any more
 * @param seconds from the first counted request to the end
 * @param latencies of answered requests, in ns: from the send, or from the intended send where there was a time for it (so
 *     that a server that stalls does not hide the requests it delayed)
 */
public record RequestFigures(
        Map<NextTrackException.Kind, Long> failures,
        List<String> messages,
        boolean vanished,
        double seconds,
        Histogram latencies) {

    /** How many requests failed. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many requests were sent, failed ones included. */
    public long requests() {
        return latencies.getTotalCount() + failed();
    }
}
