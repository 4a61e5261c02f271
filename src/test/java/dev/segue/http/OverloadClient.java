package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The client of scripts/bench-overload. It opens idle connections, measures the server's capacity in a closed loop, offers more than that in
 * an open loop while it requests the health, and checks the idle connections. It prints a figure a line.
 *
 * <p>Arguments: the port, the health port, the number of idle connections, that of busy ones, the requests per second, the seconds of
 * the open loop, and those of the warm-up before either loop.
 */
final class OverloadClient {

    /** Connections of the closed loop: enough for all threads of the recommenders, and few enough for short waits. */
    private static final int CLOSED_CONNECTIONS = 16;

    private static final double CAPACITY_SECONDS = 8;
    private static final long HEALTH_INTERVAL_NANOS = 100_000_000;

    private OverloadClient() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 7) {
            System.err.println("usage: OverloadClient PORT HEALTH_PORT IDLE BUSY RATE SECONDS WARM_UP");
            System.exit(2);
        }
        int port = Integer.parseInt(arguments[0]);
        double rate = Double.parseDouble(arguments[4]);
        double warmUp = Double.parseDouble(arguments[6]);
        List<LoadConnection> idle = new ArrayList<>();
        try (var loop = new LoadLoop(port, Integer.parseInt(arguments[3]))) {
            int idleCount = Integer.parseInt(arguments[2]);
            for (int i = 0; i < 2 * idleCount && idle.size() < idleCount; i++) {
                open(port, idle);
            }
            print("idle_opened", alive(idle));
            loop.closed(CLOSED_CONNECTIONS, warmUp);
            print("capacity", loop.closed(CLOSED_CONNECTIONS, CAPACITY_SECONDS).perSecond());
            loop.open(rate, warmUp);
            var health = new Health(Integer.parseInt(arguments[1]));
            health.start();
            print(loop.open(rate, Double.parseDouble(arguments[5])));
            health.end();
            print(
                    "capacity_after",
                    loop.closed(CLOSED_CONNECTIONS, CAPACITY_SECONDS).perSecond());
            print("idle_alive", alive(idle));
        } finally {
            idle.forEach(LoadConnection::close);
        }
    }

    /** Opens a connection and uses it once. A busy server may refuse it. */
    private static void open(int port, List<LoadConnection> opened) throws IOException {
        var connection = new LoadConnection(port);
        if (connection.exchange(get("/health/live")).status() == 200) {
            opened.add(connection);
        } else {
            connection.close();
        }
    }

    private static void print(LoadLoop.Counts counts) {
        print("sent", counts.sent());
        print("unsent", counts.unsent());
        print("goodput", counts.perSecond());
        print("responses_200", counts.status(200));
        print("responses_503", counts.status(503));
        print("responses_others", counts.others());
        print("without_response", counts.failed());
        print("without_retry_after", counts.withoutRetryAfter());
        print("most_waiting_for_a_connection", counts.mostWaiting());
        print("p50_ms", counts.latencies().getValueAtPercentile(50) / 1e6);
        print("p99_ms", counts.latencies().getValueAtPercentile(99) / 1e6);
        print("max_ms", counts.latencies().getMaxValue() / 1e6);
        print("refused_p99_ms", counts.refusals().getValueAtPercentile(99) / 1e6);
    }

    private static void print(String name, double value) {
        System.out.println(String.format(Locale.ROOT, "%s %.2f", name, value));
    }

    /** The number of connections that still get responses. */
    private static int alive(List<LoadConnection> connections) {
        int alive = 0;
        for (LoadConnection connection : connections) {
            try {
                alive += connection.exchange(get("/health/live")).status() == 200 ? 1 : 0;
            } catch (IOException gone) {
                System.err.println("an idle connection is lost: " + gone);
            }
        }
        return alive;
    }

    private static ByteBuffer get(String path) {
        return ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
    }

    /** Requests the health again and again, as a monitoring does, on a new connection each. */
    private static final class Health extends Thread {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final int port;
        private int requests;
        private int failures;
        private long longestNanos;

        Health(int port) {
            super("health");
            this.port = port;
        }

        @Override
        public void run() {
            while (!ended.get()) {
                request(requests % 2 == 0 ? "/health/live" : "/health/ready");
                LockSupport.parkNanos(HEALTH_INTERVAL_NANOS);
            }
        }

        private void request(String path) {
            long begin = System.nanoTime();
            requests++;
            try {
                var connection = new LoadConnection(port);
                failures += connection.exchange(get(path)).status() == 200 ? 0 : 1;
                connection.close();
            } catch (IOException failed) {
                System.err.println(path + " failed: " + failed);
                failures++;
            }
            longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
        }

        void end() throws InterruptedException {
            ended.set(true);
            join();
            print("health_requests", requests);
            print("health_failures", failures);
            print("health_longest_ms", longestNanos / 1e6);
        }
    }
}
