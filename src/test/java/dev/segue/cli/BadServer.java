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

/** A faulty server of the Botify protocol: every request for a track gets the same response, and requests for arms fail. */
final class BadServer implements AutoCloseable {

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // otherwise each response takes 40 ms
    }

    /** The delay of a server that never responds. */
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
            boolean next = path.startsWith("/next");
            if (next && delayMillis > 0) {
                waitWhileOpen(delayMillis);
            }
            String known = path.equals("/experiments") ? experiments : null;
            byte[] response = (next ? body : known != null ? known : "{}").getBytes(UTF_8);
            boolean served = path.startsWith("/last") || known != null;
            exchange.sendResponseHeaders(
                    next ? status : served ? 200 : experiments != null ? 503 : statusOfUnknown, response.length);
            exchange.getResponseBody().write(response);
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

    /** Adds an experiment with the arms C and T1; requests for a listener's arm fail. */
    void addExperiment(String name) {
        experiments = "{\"experiments\":[{\"name\":\"" + name
                + "\",\"arms\":[{\"name\":\"C\"},{\"name\":\"T1\"}],\"serves\":true}]}";
    }

    /** Sets the status of responses to other paths, 404 by default. */
    void setStatusOfUnknown(int otherStatus) {
        statusOfUnknown = otherStatus;
    }

    void afterRequests(int count, Runnable action) {
        atLimit = action;
        limit = count;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        closed.countDown();
        stop();
    }
}
