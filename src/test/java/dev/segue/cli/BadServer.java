package dev.segue.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that speaks Botify's protocol badly: it answers every question for a track alike, and tells nobody's arm. */
final class BadServer implements AutoCloseable {

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or each answer takes 40 ms
    }

    /** The delay of a server that does not answer at all. */
    static final long NEVER = Long.MAX_VALUE;

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int limit = Integer.MAX_VALUE;
    private volatile Runnable atLimit = () -> {};

    private volatile @Nullable String experiments;
    private volatile int statusOfUnknown = 404;

    BadServer(int status, String body, long delayMillis) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            boolean asked = path.startsWith("/next");
            if (asked && delayMillis > 0) {
                waitWhileOpen(delayMillis);
            }
            String known = path.equals("/experiments") ? experiments : null;
            byte[] answer = (asked ? body : known != null ? known : "{}").getBytes(UTF_8);
            boolean served = path.startsWith("/last") || known != null;
            exchange.sendResponseHeaders(
                    asked ? status : served ? 200 : experiments != null ? 503 : statusOfUnknown, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
            if (requests.incrementAndGet() >= limit) {
                atLimit.run();
            }
        });
        server.start();
    }

    private void waitWhileOpen(long millis) {
        try {
            var unused = closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on it knows an experiment with the arms C and T1, but fails when it is asked for a listener's. */
    void knowExperiment(String name) {
        experiments = "{\"experiments\":[{\"name\":\"" + name
                + "\",\"arms\":[{\"name\":\"C\"},{\"name\":\"T1\"}],\"serves\":true}]}";
    }

    /** From now on it answers what it does not know with this status instead of 404. */
    void answerTheUnknownWith(int otherStatus) {
        statusOfUnknown = otherStatus;
    }

    void afterRequests(int count, Runnable action) {
        atLimit = action;
        limit = count;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    void vanish() {
        server.stop(0);
    }

    @Override
    public void close() {
        closed.countDown();
        vanish();
    }
}
