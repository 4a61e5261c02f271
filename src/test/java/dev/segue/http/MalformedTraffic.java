package dev.segue.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Malformed requests over sockets, each between two valid ones in a pipeline. All valid requests have users of their own, so a
 * response that belongs to another request, on this connection or another one, is noticed.
 *
 * <p>Faults: a valid request before a malformed one does not get its response; a valid one after it does not although the
 * connection had to stay open; a status of 500 or above; a response of another user; bytes that are no response; a connection
 * that does not end within a minute. A server may refuse connections while its threads lag, with 503 and Retry-After before it
 * reads anything: such a pipeline is sent again.
 */
final class MalformedTraffic {

    private static final int THREADS = 8;
    private static final int MAX_FAULTS = 20;

    private final URI server;
    private final long seed;
    private final AtomicLong users;
    private final AtomicLong left;
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    /**
     * @param requests number of malformed requests
     * @param firstUser the users are numbered from here, three for each malformed request
     */
    MalformedTraffic(URI server, long requests, long seed, long firstUser) {
        this.server = server;
        this.seed = seed;
        left = new AtomicLong(requests);
        users = new AtomicLong(firstUser);
    }

    /** Sends all requests. */
    void run() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                var client = new MalformedClient(this, server, seed + i);
                running.add(threads.submit(() -> {
                    client.run();
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        } catch (ExecutionException e) {
            faults.add("the client failed: " + e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** The first faults; empty if there are none. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Users of logged requests whose response arrived. */
    Queue<String> acknowledged() {
        return acknowledged;
    }

    /** The numbers of malformed requests by kind and of responses to them by status. */
    Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    /**
     * Sends malformed requests to a server, and prints their numbers; for {@code scripts/fuzz}.
     *
     * @param args the server's URL, the number of requests, the seed, and the number of the first user
     */
    public static void main(String[] args) throws InterruptedException {
        var traffic = new MalformedTraffic(
                URI.create(args[0]), Long.parseLong(args[1]), Long.parseLong(args[2]), Long.parseLong(args[3]));
        long begin = System.nanoTime();
        traffic.run();
        System.out.println("| kind or status | number |\n|---|---|");
        traffic.counts().forEach((name, count) -> System.out.println("| " + name + " | " + count + " |"));
        System.out.println("\n" + traffic.acknowledged().size() + " valid requests were logged, "
                + (System.nanoTime() - begin) / 1_000_000_000 + " s, faults: "
                + traffic.faults().size());
        traffic.faults().forEach(System.err::println);
        System.exit(traffic.faults().isEmpty() ? 0 : 1);
    }

    /** Whether another malformed request is to be sent; takes it. */
    boolean takeNext() {
        return left.getAndDecrement() > 0 && faults.size() < MAX_FAULTS;
    }

    /** The first of three users that no other request has. */
    long nextUsers() {
        return users.getAndAdd(3);
    }

    void fault(String text) {
        faults.add(text);
    }

    /** Notes that a logged request got its response. */
    void acknowledge(String user) {
        acknowledged.add(user);
    }

    void count(String name) {
        counts.computeIfAbsent(name, unused -> new LongAdder()).increment();
    }
}
