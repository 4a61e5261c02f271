package dev.segue.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;

/** The metrics of HTTP responses. */
final class ResponseMetrics {

    private static final String STATUS = "status";

    private final Counter responses;
    private final Counter problems;
    private final Histogram seconds;
    private final RouteMetrics other;

    ResponseMetrics(MetricRegistry registry) {
        responses = registry.counter(
                "segue_responses_total",
                "Responses, by route (the path in the API's description, or other) and HTTP status.",
                "route",
                STATUS);
        seconds = registry.durations(
                "segue_response_seconds",
                "Time from the head of a request to its response, by route; with the wait for the event log.",
                "route");
        problems = registry.counter(
                "segue_problems_total", "Responses that were problem documents, by HTTP status.", STATUS);
        other = route(RouteMetrics.OTHER);
    }

    /** The metrics of a route. */
    RouteMetrics route(String path) {
        return new RouteMetrics(path, responses, seconds);
    }

    /** The metrics of requests to no route. */
    RouteMetrics other() {
        return other;
    }

    /** The numbers of responses with an error. */
    TrafficSample.Errors errors() {
        double client = 0;
        double unavailable = 0;
        double server = 0;
        for (var series : responses.collect().getDataPoints()) {
            String status = String.valueOf(series.getLabels().get(STATUS));
            if (status.startsWith("4")) {
                client += series.getValue();
            } else if (status.equals("503")) {
                unavailable += series.getValue();
            } else if (status.startsWith("5")) {
                server += series.getValue();
            }
        }
        return new TrafficSample.Errors(client, unavailable, server);
    }

    /** Counts a problem document, which is a response or a line of a batch. */
    void problem(int status) {
        problems.labelValues(Integer.toString(status)).inc();
    }

    /** Counts a response that was given before the request reached an endpoint. It is not timed. */
    void beforeEndpoint(int status) {
        other.count(status);
    }
}
