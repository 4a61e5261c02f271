package dev.segue.simulation.load;

/**
 * The options of a load.
 *
 * @param sessions number of counted sessions, ≥ 1
 * @param warmUp number of sessions before the counted ones, ≥ 0
 * @param concurrency number of connections, ≥ 1
 * @param rate arrivals of requests per second in an open loop (Poisson arrivals, independent of the server's speed); 0 for a
 *     closed loop, in which each connection sends a request as soon as it has the response to the previous one
 * @param seed seed of all draws
 */
public record LoadOptions(long sessions, long warmUp, int concurrency, double rate, long seed) {

    public LoadOptions {
        if (sessions < 1 || warmUp < 0 || concurrency < 1) {
            throw new IllegalArgumentException("a load needs at least one session and one connection");
        }
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rate " + rate + " is not a number of requests per second");
        }
    }
}
