package dev.segue.simulation;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What came of a load; of the warm-up, only failures are counted.
 *
 * @param sessions sessions that ended as listeners end them
 * @param requests requests, failed ones included
 * @param failures failed requests, by kind
 * @param messages the first few failures' messages
 * @param vanished whether the load ended early because there was no connection any more
 * @param seconds from the first counted session to the end
 * @param latencies of answered requests, in ns: from the send in a closed loop, from the intended send in an open one (so
 *     that a server that stalls does not hide the requests it delayed)
 */
public record LoadResult(
        long sessions,
        long requests,
        Map<NextTrackException.Kind, Long> failures,
        List<String> messages,
        boolean vanished,
        double seconds,
        Histogram latencies) {

    /** How many requests failed. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
