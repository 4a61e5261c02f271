package dev.segue.http;

import dev.segue.event.EventLog;
import dev.segue.http.BatchReader.Batch;
import dev.segue.http.BatchReader.Line;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /next_tracks}: many queries in one request, in lines of JSON. A thread for batches serves them one after the other, and the
 * response is sent when the log has taken the last of their events, so a batch waits for the log once.
 */
final class BatchEndpoint extends Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(BatchEndpoint.class);

    private static final byte[] BEFORE_PROBLEM = "{\"error\":".getBytes(StandardCharsets.US_ASCII);

    private final transient NextTrackService service;
    private final transient EventLog log;
    private final transient ServerMetrics metrics;
    private final transient BodySizes sizes;
    private final transient WorkQueue batches;
    private final transient QueryResponder responder;

    /** @param batches the queue of the threads that run batches */
    BatchEndpoint(NextTrackService service, EventLog log, ServerMetrics metrics, BodySizes sizes, WorkQueue batches) {
        super(BodySizes.BATCHES);
        this.service = service;
        this.log = log;
        this.metrics = metrics;
        this.sizes = sizes;
        this.batches = batches;
        responder = new QueryResponder(metrics);
        on("POST", this::handle);
    }

    private void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Batch batch = LogWait.readBefore(request) instanceof Batch waited ? waited : BatchReader.read(request, sizes);
        if (!log.isWritable() && batch.lines().stream().anyMatch(Line::isLogged)) {
            LogWait.begin(request, log, batch);
            return;
        }
        Generation served = service.generation();
        SlowResponse.begin(request, log, batches, () -> respond(batch, served));
    }

    private EncodedResponse respond(Batch batch, Generation served) {
        for (int i = 0; i < batch.clampedCount(); i++) {
            metrics.clampedShare();
        }
        var content = new ByteArrayOutputStream(64 * batch.lines().size());
        long position = 0;
        for (Line line : batch.lines()) {
            try {
                EncodedResponse response = respond(line, served);
                content.writeBytes(response.content());
                position = Math.max(position, response.position());
            } catch (ProblemException refused) {
                metrics.problem(refused.problem().status());
                content.writeBytes(BEFORE_PROBLEM);
                content.writeBytes(refused.problem().toJson(path()));
                content.write('}');
            }
            content.write('\n');
        }
        return new EncodedResponse(content.toByteArray(), batch.type(), position);
    }

    private EncodedResponse respond(Line line, Generation served) {
        NextTrackQuery query = line.query();
        if (query == null) {
            throw line.problemOfLine().asException();
        }
        if (line.isLogged() && !log.isWritable()) {
            throw Problem.logUnavailable(false).asException();
        }
        try {
            return responder.respond(service::next, served, query, System.nanoTime());
        } catch (ProblemException refused) {
            throw refused;
        } catch (RuntimeException failed) { // the events of the lines before it must be acknowledged
            LOG.error("a recommendation of a batch failed", failed);
            throw Problem.of(500, "the request failed; the server's log has the reason")
                    .asException();
        }
    }
}
