package dev.segue.http;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the responses of one route, which is a path of the API's description. The time is that from the head of the request to the
 * response, the wait for the log included. It has an exemplar with the trace of a request that names one by the header {@code traceparent} of
 * W3C Trace Context.
 */
final class RouteMetrics {

    /** The route of requests to no route. */
    static final String OTHER = "other";

    private static final int MAX_STATUS = 600;

    private final String route;
    private final Counter responses;
    private final Histogram seconds;
    private final AtomicReferenceArray<@Nullable CounterDataPoint> byStatus = new AtomicReferenceArray<>(MAX_STATUS);
    private volatile @Nullable DistributionDataPoint times;

    RouteMetrics(String route, Counter responses, Histogram seconds) {
        this.route = route;
        this.responses = responses;
        this.seconds = seconds;
    }

    /** @param status 0 if none was set, which is sent as 200 */
    void responded(Request request, int status) {
        count(status);
        double duration = (System.nanoTime() - request.getHeadersNanoTime()) * 1e-9;
        TraceParent parent = TraceParent.of(request);
        if (parent == null) {
            times().observe(duration);
        } else {
            times().observeWithExemplar(duration, Labels.of("trace_id", parent.traceId(), "span_id", parent.spanId()));
        }
    }

    /**
     * Counts a response, without its time.
     *
     * @param status 0 if none was set, which is sent as 200
     */
    void count(int status) {
        counter(status == 0 ? HttpStatus.OK_200 : status).inc();
    }

    /** The path in the API's description, or {@code other}. */
    String route() {
        return route;
    }

    /** Series are created by the first response, so that routes without requests have none. */
    private CounterDataPoint counter(int status) {
        int index = status < MAX_STATUS ? status : 0;
        CounterDataPoint counter = byStatus.get(index);
        if (counter == null) {
            counter = responses.labelValues(route, Integer.toString(status));
            byStatus.set(index, counter);
        }
        return counter;
    }

    private DistributionDataPoint times() {
        DistributionDataPoint present = times;
        if (present == null) {
            present = seconds.labelValues(route);
            times = present;
        }
        return present;
    }
}
