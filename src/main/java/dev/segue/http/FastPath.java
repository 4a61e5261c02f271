package dev.segue.http;

import dev.segue.event.EventLog;
import dev.segue.platform.OutOfMemory;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * Serves the hot requests, {@code GET} and {@code POST /next_track} and {@code POST /next/{user}}, from their bytes, without Jetty's parser,
 * handlers and servlets.
 *
 * <p>A request takes this way if it arrived whole and alone, if its line has the usual form ({@link PlainRequestLine}), and if its fields are
 * those of an earlier request of its connection that the handlers accepted ({@link AcceptedFields}). Fields and bodies are read, and responses
 * are encoded, by the code of the servlets. Every other request goes to Jetty, untouched, and so does one that is refused, that has to
 * wait, or that arrives while the server stops: the request has had no effect then. A stop waits until a connection has its response, as it waits
 * for all connections.
 */
final class FastPath {

    private final NextTrackService service;
    private final EventLog log;
    private final ServerMetrics metrics;
    private final QueryResponder responder;
    private final RouteMetrics nextTrack;
    private final RouteMetrics botify;
    private final int maxBodyBytes;
    private final Server server;
    private final AtomicLong served = new AtomicLong();

    /** @param maxBodyBytes longer bodies are left to the servlets, which refuse them */
    FastPath(NextTrackService service, EventLog log, ServerMetrics metrics, int maxBodyBytes, Server server) {
        this.service = service;
        this.log = log;
        this.metrics = metrics;
        this.maxBodyBytes = maxBodyBytes;
        this.server = server;
        responder = new QueryResponder(metrics);
        nextTrack = metrics.route("/next_track");
        botify = metrics.route("/next/{user}");
    }

    /**
     * Serves a request, whose response follows on the connection.
     *
     * @param bytes the request, with a body from {@code body} to {@code size}
     * @return false if it had no effect, and Jetty has to serve it
     */
    boolean serve(SerialConnection connection, PlainRequestLine line, byte[] bytes, int body, int size) {
        boolean isLeft = connection.getConnector().isShutdown() || !log.isWritable() || size - body > maxBodyBytes;
        FastResponse response = isLeft ? null : response(connection, line, bytes, body, size);
        if (response == null) {
            return false;
        }
        served.incrementAndGet();
        response.send(log);
        return true;
    }

    private @Nullable FastResponse response(
            SerialConnection connection, PlainRequestLine line, byte[] bytes, int body, int size) {
        long start = System.nanoTime();
        try {
            QueryReader reader = read(line, bytes, body, size);
            NextTrackQuery query =
                    line.target() == PlainRequestLine.Target.BOTIFY ? RequestReader.botify(reader) : reader.query();
            Generation generation = service.generation();
            if (generation.isSlowFor(query)) {
                return null;
            }
            EncodedResponse encoded = responder.respond(service::next, generation, query, start);
            if (reader.isClamped()) {
                metrics.clampedShare();
            }
            return new FastResponse(connection, this, line, encoded, start);
        } catch (RuntimeException refused) {
            return null; // Jetty's way words the refusal
        } catch (Error failed) {
            OutOfMemory.check(failed);
            return null;
        }
    }

    private QueryReader read(PlainRequestLine line, byte[] bytes, int body, int size) {
        return switch (line.target()) {
            case QUERY -> {
                Map<String, String[]> parameters = PlainQuery.parameters(line.text());
                if (parameters == null) {
                    throw Problem.badRequest("the query string is not plain").asException();
                }
                yield RequestReader.parameters(
                        parameters, service.generation().catalog().tracks()::contains);
            }
            case BODY -> RequestReader.body(bytes, body, size - body, RequestReader.BODY, null);
            case BOTIFY ->
                RequestReader.body(
                        bytes, body, size - body, RequestReader.BOTIFY_NEXT, RequestReader.listener(line.text()));
        };
    }

    /** The metrics of the route of a request. */
    RouteMetrics route(PlainRequestLine line) {
        return line.target() == PlainRequestLine.Target.BOTIFY ? botify : nextTrack;
    }

    /** Counts a response that refuses a request. */
    void refused(int status) {
        metrics.problem(status);
    }

    /** The server, which has the date of responses. */
    Server server() {
        return server;
    }

    /** The number of requests served. */
    long served() {
        return served.get();
    }
}
