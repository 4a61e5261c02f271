package dev.segue.simulation.load;

/**
 * How a server is loaded.
 *
 * @param sessions how many sessions are counted, ≥ 1
 * @param warmUp how many sessions are played before those, ≥ 0
 * @param concurrency connections, ≥ 1
 * @param rate requests a second that are begun whether or not the server keeps up (open loop, Poisson arrivals); 0 for
 *     each connection to ask as soon as it has its answer (closed loop)
 * @param seed of all draws
 */
public record LoadOptions(long sessions, long warmUp, int concurrency, double rate, long seed) {

    public LoadOptions {
        if (sessions < 1 || warmUp < 0 || concurrency < 1) {
            throw new IllegalArgumentException("a load needs at least one session and one connection");
        }
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rate " + rate + " is no number of requests a second");
        }
    }
}
