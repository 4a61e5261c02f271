package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends requests for tracks over keep-alive connections from one thread: in a closed loop, or at the times of a Poisson process whatever
 * the server does. A request that finds no free connection waits for one, and its latency includes the wait.
 */
final class LoadLoop implements AutoCloseable {

    private static final int LISTENERS = 100_000;
    private static final int TRACKS = 50_000;
    private static final long LONGEST_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Selector selector = Selector.open();
    private final ArrayDeque<LoadConnection> free = new ArrayDeque<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>(); // intended times, in ns
    private final Random random = new Random(1);
    private int inFlight;
    private Counts counts = new Counts();

    /** What the responses were. Latencies are in ns, of responses with 200. */
    static final class Counts {
        private final Map<Integer, Integer> byStatus = new TreeMap<>();
        private final Histogram latencies = new Histogram(LONGEST_LATENCY_NANOS, 3);
        private final Histogram refusals = new Histogram(LONGEST_LATENCY_NANOS, 3);
        private int sent;
        private int failed;
        private int unsent;
        private int withoutRetryAfter;
        private int mostWaiting;
        private double seconds;

        int status(int status) {
            return byStatus.getOrDefault(status, 0);
        }

        /** The responses with another status than 200 and 503. */
        int others() {
            return byStatus.values().stream().mapToInt(Integer::intValue).sum() - status(200) - status(503);
        }

        double perSecond() {
            return status(200) / seconds;
        }

        Histogram latencies() {
            return latencies;
        }

        Histogram refusals() {
            return refusals;
        }

        int sent() {
            return sent;
        }

        /** Requests without a response: the connection was closed, or the response did not come in time. */
        int failed() {
            return failed;
        }

        /** Requests that this client could not send, because it was too slow or had no free connection. */
        int unsent() {
            return unsent;
        }

        int withoutRetryAfter() {
            return withoutRetryAfter;
        }

        /** The most requests that waited for a free connection of this client. */
        int mostWaiting() {
            return mostWaiting;
        }
    }

    LoadLoop(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            var connection = new LoadConnection(port);
            connection.channel().configureBlocking(false);
            connection.channel().register(selector, SelectionKey.OP_READ, connection);
            free.add(connection);
        }
    }

    /** Sends a request on each of some connections as soon as it has its last response. */
    Counts closed(int connections, double seconds) throws IOException {
        counts = new Counts();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        for (long now = begin; now < end; now = System.nanoTime()) {
            while (inFlight < connections && !free.isEmpty()) {
                send(System.nanoTime());
            }
            receive(1);
        }
        counts.seconds = (System.nanoTime() - begin) / 1e9;
        Counts closed = counts;
        drain();
        return closed;
    }

    /** Sends requests at a rate, and waits for the responses at the end. The rate of successes is that until the end of sending. */
    Counts open(double rate, double seconds) throws IOException {
        counts = new Counts();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        double next = begin;
        for (long now = begin; now < end; now = System.nanoTime()) {
            for (; next <= now; next += -Math.log(1 - random.nextDouble()) / rate * 1e9) {
                waiting.add((long) next);
            }
            sendWaiting();
            receive(1);
        }
        counts.seconds = (System.nanoTime() - begin) / 1e9;
        Counts open = counts;
        drain();
        return open;
    }

    private void sendWaiting() throws IOException {
        while (!waiting.isEmpty() && !free.isEmpty()) {
            send(waiting.remove());
        }
        counts.mostWaiting = Math.max(counts.mostWaiting, waiting.size());
    }

    private void drain() throws IOException {
        long end = System.nanoTime() + DRAIN_NANOS;
        while (inFlight + waiting.size() > 0 && System.nanoTime() < end) {
            sendWaiting();
            receive(10);
        }
        counts.unsent = waiting.size();
        waiting.clear();
        if (inFlight > 0) {
            abandon();
        }
    }

    /** Closes the connections that have no response, so that it does not come later. */
    private void abandon() {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof LoadConnection connection && !free.contains(connection)) {
                fail(connection, new IOException("no response came in time"));
            }
        }
    }

    private void send(long intended) throws IOException {
        LoadConnection connection = free.remove();
        String body =
                "{\"user\":" + random.nextInt(LISTENERS) + ",\"track\":" + random.nextInt(TRACKS) + ",\"time\":0.5}";
        String request =
                "POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        counts.sent++;
        inFlight++;
        try {
            connection.send(ByteBuffer.wrap(request.getBytes(US_ASCII)), intended);
        } catch (IOException gone) {
            fail(connection, gone);
        }
    }

    private void receive(long millis) throws IOException {
        selector.select(
                key -> {
                    if (key.attachment() instanceof LoadConnection connection) {
                        receive(connection);
                    }
                },
                millis);
    }

    private void receive(LoadConnection connection) {
        try {
            LoadConnection.Response response = connection.read();
            if (response != null) {
                record(response, System.nanoTime() - connection.intended());
                free.add(connection);
                inFlight--;
            }
        } catch (IOException gone) {
            fail(connection, gone);
        }
    }

    private void record(LoadConnection.Response response, long latency) {
        counts.byStatus.merge(response.status(), 1, Integer::sum);
        if (response.status() == 503 && !response.hasRetryAfter()) {
            counts.withoutRetryAfter++;
        }
        Histogram histogram = response.status() == 200 ? counts.latencies : counts.refusals;
        histogram.recordValue(Math.min(latency, LONGEST_LATENCY_NANOS));
    }

    private void fail(LoadConnection connection, IOException gone) {
        System.err.println("a request failed: " + gone);
        counts.failed++;
        inFlight--;
        connection.close();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
