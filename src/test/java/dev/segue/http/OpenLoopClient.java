package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a fixed rate, whether or not the server has responded to the earlier ones, and measures each response from the
 * time at which its request was due. Prints the number of responses, the p50 and the p99 in µs; see scripts/bench-http. The first two
 * seconds warm up client and server, and are not measured.
 *
 * <p>Arguments: the port, requests a second, seconds, and the number of connections. A connection has one request at a time; a request
 * that is due while all are busy waits for one, and this wait is measured.
 */
final class OpenLoopClient {

    private static final int SEED = 1;
    private static final int USERS = 10_000;
    private static final int TRACKS = 50_000;
    private static final int REQUESTS = 5_000;
    private static final int WARM_UP_SECONDS = 2;
    private static final int PAUSE_NANOS = 20_000;
    private static final long MAX_DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ByteBuffer[] requests = new ByteBuffer[REQUESTS];
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 14);
    private final Deque<Connection> free = new ArrayDeque<>();
    private final long[] nanos;
    private final int unmeasured;
    private int responses;

    private static final class Connection {
        private final SocketChannel channel;
        private long due;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private OpenLoopClient(int rate, int seconds) {
        unmeasured = rate * WARM_UP_SECONDS;
        nanos = new long[unmeasured + rate * seconds];
        var random = new Random(SEED);
        for (int i = 0; i < REQUESTS; i++) {
            String body = "{\"track\":" + random.nextInt(TRACKS) + ",\"time\":0." + (10 + random.nextInt(90)) + "}";
            byte[] request = ("POST /next/" + random.nextInt(USERS)
                            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .getBytes(US_ASCII);
            requests[i] = ByteBuffer.allocateDirect(request.length).put(request).flip();
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("usage: OpenLoopClient PORT REQUESTS_PER_SECOND SECONDS CONNECTIONS");
            System.exit(2);
        }
        int rate = Integer.parseInt(arguments[1]);
        var client = new OpenLoopClient(rate, Integer.parseInt(arguments[2]));
        try (var selector = Selector.open()) {
            client.connect(selector, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[3]));
            client.run(selector, TimeUnit.SECONDS.toNanos(1) / (double) rate);
        }
        client.print();
    }

    private void connect(Selector selector, int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            var connection = new Connection(channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
            free.add(connection);
        }
    }

    private void run(Selector selector, double interval) throws IOException {
        long start = System.nanoTime();
        long end = start + (long) (interval * nanos.length) + MAX_DRAIN_NANOS;
        int sent = 0;
        while (responses < nanos.length) {
            long now = System.nanoTime();
            if (now - end > 0) {
                throw new IOException(
                        responses + " of " + nanos.length + " responses within 10 s after the last request");
            }
            int before = sent + responses;
            for (long due = start + (long) (interval * sent);
                    sent < nanos.length && due - now <= 0 && !free.isEmpty();
                    due = start + (long) (interval * sent)) {
                send(free.remove(), due, requests[sent++ % REQUESTS].duplicate());
            }
            selector.selectNow(this::receive);
            if (sent + responses == before) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void send(Connection connection, long due, ByteBuffer request) {
        connection.due = due;
        try {
            connection.channel.write(request);
        } catch (IOException failed) {
            throw new IllegalStateException("a request could not be sent", failed);
        }
        if (request.hasRemaining()) {
            throw new IllegalStateException("a request was sent in part");
        }
    }

    /** A response of these servers arrives in one piece, which begins with the status. */
    private void receive(SelectionKey key) {
        var connection = (Connection) key.attachment();
        input.clear();
        try {
            if (connection.channel.read(input) < 0) {
                throw new IllegalStateException("the server closed a connection");
            }
        } catch (IOException failed) {
            throw new IllegalStateException("a response could not be read", failed);
        }
        if (input.position() < 12 || input.get(9) != '2' || input.get(input.position() - 1) != '}') {
            throw new IllegalStateException("no whole response with status 200");
        }
        nanos[responses++] = System.nanoTime() - connection.due;
        free.add(connection);
    }

    private void print() {
        Arrays.sort(nanos, unmeasured, nanos.length);
        System.out.printf("OPEN %d %.0f %.0f%n", nanos.length, quantile(0.5), quantile(0.99));
    }

    private double quantile(double share) {
        return nanos[unmeasured + (int) (share * (nanos.length - unmeasured - 1))] * 1e-3;
    }
}
