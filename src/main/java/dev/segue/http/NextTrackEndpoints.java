package dev.segue.http;

import dev.segue.event.EventLog;
import dev.segue.http.QueryResponder.UseCase;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The endpoints that return tracks: Segue's own {@code /next_track} and {@code /next_tracks}, and Botify's {@code /next} and {@code /last}. */
final class NextTrackEndpoints implements AutoCloseable {

    private final NextTrackService service;
    private final EventLog log;
    private final ServerMetrics metrics;
    private final BodySizes sizes;
    private final WorkQueue recommenders;
    private final QueryResponder responder;

    /** Batches have threads of their own, because a batch may take a second, and a request for one track does not wait that long. */
    private final ExecutorService batchThreads = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), task -> DaemonThread.of(task, "segue-batches"));

    private final WorkQueue batches = WorkQueue.ofBatches(batchThreads);

    /** @param recommenders the queue of slow recommenders */
    NextTrackEndpoints(
            NextTrackService service, EventLog log, ServerMetrics metrics, BodySizes sizes, WorkQueue recommenders) {
        this.recommenders = recommenders;
        this.service = service;
        this.log = log;
        this.metrics = metrics;
        this.sizes = sizes;
        responder = new QueryResponder(metrics);
    }

    List<Endpoint> all() {
        return List.of(
                new NextTrack(),
                new BatchEndpoint(service, log, metrics, sizes, batches),
                new Botify("/next/{user}", RequestReader.BOTIFY_NEXT, service::next),
                new Botify("/last/{user}", RequestReader.BOTIFY_LAST, service::last));
    }

    /** Reads the query, at most once a request, since a body can be read only once. */
    @FunctionalInterface
    private interface Reader {
        NextTrackQuery read(HttpServletRequest request) throws IOException;
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, Reader reader, UseCase useCase)
            throws IOException {
        long start = System.nanoTime();
        NextTrackQuery query =
                LogWait.readBefore(request) instanceof NextTrackQuery waited ? waited : reader.read(request);
        if (!query.dryRun() && !log.isWritable()) {
            LogWait.begin(request, log, query);
            return;
        }
        Generation served = service.generation();
        if (served.isSlowFor(query)) {
            SlowResponse.begin(request, log, recommenders, () -> responder.respond(useCase, served, query, start));
            return;
        }
        EncodedResponse encoded = responder.respond(useCase, served, query, start);
        DurableResponse.of(request).holdUntilWritten(encoded.position());
        Endpoint.write(response, encoded.type(), encoded.content());
    }

    /** The queue of batches. */
    WorkQueue batches() {
        return batches;
    }

    /** Stops the threads that serve batches. */
    @Override
    public void close() {
        batchThreads.shutdownNow();
    }

    private final class NextTrack extends Endpoint {
        NextTrack() {
            super("/next_track");
            on(
                    "GET",
                    (request, response) -> handle(
                            request,
                            response,
                            query -> RequestReader.fromParameters(
                                    query, service.generation().catalog().tracks()::contains, metrics),
                            service::next));
            on(
                    "POST",
                    (request, response) -> handle(
                            request,
                            response,
                            body -> RequestReader.fromBody(body, sizes.single(), metrics),
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
                    request, fields, RequestReader.listener(variable(request)), sizes.single(), metrics);
        }
    }
}
