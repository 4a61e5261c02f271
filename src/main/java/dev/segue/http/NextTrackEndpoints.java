package dev.segue.http;

import dev.segue.event.Acknowledgement;
import dev.segue.event.EventLog;
import dev.segue.service.EverythingExcludedException;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import dev.segue.service.RequestIdReusedException;
import dev.segue.service.ServedEvent;
import dev.segue.service.UnknownSeedsException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** The endpoints that return a track: Segue's own {@code /next_track} and Botify's {@code /next} and {@code /last}. */
final class NextTrackEndpoints {

    private final NextTrackService service;
    private final EventLog log;
    private final ServerMetrics metrics;
    private final int maxBodyBytes;
    private final Executor recommenders;

    /** @param recommenders runs slow recommenders, off the threads that serve all connections */
    NextTrackEndpoints(
            NextTrackService service, EventLog log, ServerMetrics metrics, int maxBodyBytes, Executor recommenders) {
        this.recommenders = recommenders;
        this.service = service;
        this.log = log;
        this.metrics = metrics;
        this.maxBodyBytes = maxBodyBytes;
    }

    List<Endpoint> all() {
        return List.of(
                new NextTrack(),
                new Botify("/next/{user}", RequestReader.BOTIFY_NEXT, service::next),
                new Botify("/last/{user}", RequestReader.BOTIFY_LAST, service::last));
    }

    /** Reads the query, at most once a request, since a body can be read only once. */
    @FunctionalInterface
    private interface Reader {
        NextTrackQuery read(HttpServletRequest request) throws IOException;
    }

    /** A method of the service. */
    @FunctionalInterface
    private interface UseCase {
        ServedEvent serve(Generation served, NextTrackQuery query, long startNanos);
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, Reader reader, UseCase useCase)
            throws IOException {
        long start = System.nanoTime();
        Object readBefore = request.getAttribute(NextTrackQuery.class.getName());
        NextTrackQuery query = readBefore instanceof NextTrackQuery waited ? waited : reader.read(request);
        if (!query.dryRun() && !log.isWritable()) {
            if (readBefore != null) {
                throw Problem.logUnavailable(false).asException(); // it has waited once, and that was the bound
            }
            waitForLog(request, query);
            return;
        }
        Generation served = service.generation();
        if (served.isSlow()) {
            SlowResponse.begin(request, log, recommenders, () -> encode(useCase, served, query, start));
            return;
        }
        EncodedResponse encoded = encode(useCase, served, query, start);
        DurableResponse.of(request).holdUntilWritten(encoded.position());
        Endpoint.write(response, "application/json", encoded.json());
    }

    /**
     * The response to a query, as JSON.
     *
     * @param position the event's position in the log; 0 if it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // made and read in one place
    record EncodedResponse(byte[] json, long position) {}

    private EncodedResponse encode(UseCase useCase, Generation served, NextTrackQuery query, long startNanos) {
        ServedEvent event = serve(useCase, served, query, startNanos);
        if (!query.dryRun()) {
            metrics.count(event, System.nanoTime() - startNanos);
        }
        return new EncodedResponse(ResponseWriter.toJson(event, served, query.explain()), event.position());
    }

    private static ServedEvent serve(UseCase useCase, Generation served, NextTrackQuery query, long startNanos) {
        try {
            return useCase.serve(served, query, startNanos);
        } catch (RequestIdReusedException reused) {
            throw Problem.of(
                            409, "request_id " + reused.requestId() + " named another request before; choose a new one")
                    .asException();
        } catch (EverythingExcludedException nothingLeft) {
            throw Problem.of(422, nothingLeft.getMessage() + "; exclude fewer tracks or artists")
                    .asException();
        } catch (UnknownSeedsException unknown) {
            throw Problem.of(422, unknown.getMessage() + "; name known ones, or leave seeds out")
                    .asException();
        }
    }

    /** Suspends the request until the log can be written, holding no thread; the request is handled again then. */
    private void waitForLog(HttpServletRequest request, NextTrackQuery query) {
        request.setAttribute(NextTrackQuery.class.getName(), query);
        AsyncContext suspended = request.startAsync();
        suspended.setTimeout(0); // the log's own deadline ends the wait
        log.whenWritable(new Acknowledgement() {
            @Override
            public void done() {
                suspended.dispatch();
            }

            @Override
            public void timedOut() {
                Endpoint.complete(
                        suspended,
                        (waited, response) -> Endpoint.respond(waited, response, Problem.logUnavailable(false)));
            }
        });
    }

    private final class NextTrack extends Endpoint {
        NextTrack() {
            super("/next_track");
            on(
                    "GET",
                    (request, response) -> handle(
                            request, response, query -> RequestReader.fromParameters(query, metrics), service::next));
            on(
                    "POST",
                    (request, response) -> handle(
                            request,
                            response,
                            body -> RequestReader.fromBody(body, maxBodyBytes, metrics),
                            service::next));
        }
    }

    /** One of Botify's two requests. */
    private final class Botify extends Endpoint {
        private final Set<String> fields;

        Botify(String path, Set<String> fields, UseCase useCase) {
            super(path);
            this.fields = fields;
            on("POST", (request, response) -> handle(request, response, this::read, useCase));
        }

        private NextTrackQuery read(HttpServletRequest request) throws IOException {
            return RequestReader.fromBotifyBody(
                    request, fields, RequestReader.listener(variable(request)), maxBodyBytes, metrics);
        }
    }
}
