package dev.segue.http;

import dev.segue.service.EverythingExcludedException;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.RequestIdReusedException;
import dev.segue.service.ServedEvent;
import dev.segue.service.UnknownArmException;
import dev.segue.service.UnknownSeedsException;

/** Serves one query: maps the service's exceptions to problems, counts the event, and writes the response as JSON. */
final class QueryResponder {

    private final ServerMetrics metrics;

    QueryResponder(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    /** A method of the service. */
    @FunctionalInterface
    interface UseCase {
        ServedEvent serve(Generation served, NextTrackQuery query, long startNanos);
    }

    /**
     * The response to a query.
     *
     * @param startNanos arrival of the query
     * @throws ProblemException if the service refuses the query
     */
    EncodedResponse respond(UseCase useCase, Generation served, NextTrackQuery query, long startNanos) {
        ServedEvent event = serve(useCase, served, query, startNanos);
        if (!query.dryRun()) {
            metrics.count(event, System.nanoTime() - startNanos);
        }
        return new EncodedResponse(
                ResponseWriter.toJson(event, served, query.explain()), "application/json", event.position());
    }

    private static ServedEvent serve(UseCase useCase, Generation served, NextTrackQuery query, long startNanos) {
        try {
            return useCase.serve(served, query, startNanos);
        } catch (RequestIdReusedException reused) {
            throw Problem.of(
                            409, "request_id " + reused.requestId() + " named another request before; choose a new one")
                    .asException();
        } catch (EverythingExcludedException nothingLeft) {
            throw Problem.of(422, String.valueOf(nothingLeft.getMessage())).asException();
        } catch (UnknownArmException unknown) {
            throw Problem.of(422, String.valueOf(unknown.getMessage())).asException();
        } catch (UnknownSeedsException unknown) {
            throw Problem.of(422, unknown.getMessage() + "; name known ones, or leave seeds out")
                    .asException();
        }
    }
}
