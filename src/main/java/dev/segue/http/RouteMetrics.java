package dev.segue.http;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the responses of one route, which is a path of the API's description. The time is that from the head of the request to the
 * response, the wait for the log included. It has an exemplar with the trace of a request that names one by the header {@code traceparent} of
 * W3C Trace Context.
 */
final class RouteMetrics {

    private static final int MAX_STATUS = 600;
    private static final String TRACE_HEADER = "traceparent";

    /** Version 00; the trace and the parent must not be all zeros. */
    private static final Pattern TRACE =
            Pattern.compile("00-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-[0-9a-f]{2}");

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
        counter(status == 0 ? HttpStatus.OK_200 : status).inc();
        double duration = (System.nanoTime() - request.getHeadersNanoTime()) * 1e-9;
        String trace = request.getHeaders().get(TRACE_HEADER);
        Matcher parts = trace == null ? null : TRACE.matcher(trace);
        if (parts != null && parts.matches()) {
            times().observeWithExemplar(duration, Labels.of("trace_id", parts.group(1), "span_id", parts.group(2)));
        } else {
            times().observe(duration);
        }
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
