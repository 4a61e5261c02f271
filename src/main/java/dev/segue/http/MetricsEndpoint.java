package dev.segue.http;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /metrics}. A thread of its own reads and writes the metrics, because that takes milliseconds, and at the first request much
 * longer; requests on the selector's threads do not wait for it.
 */
final class MetricsEndpoint extends Endpoint implements AutoCloseable {

    private final transient ServerMetrics metrics;
    private final transient BackgroundExecutor background = new BackgroundExecutor("segue-metrics");

    MetricsEndpoint(ServerMetrics metrics) {
        super("/metrics");
        this.metrics = metrics;
        onSafeGet(background.later(this::respond));
    }

    private void respond(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isOpenMetrics = AcceptHeader.names(request.getHeaders("Accept"), "application/openmetrics-text");
        writeAsTyped(
                response,
                isOpenMetrics ? OpenMetricsTextFormatWriter.CONTENT_TYPE : PrometheusTextFormatWriter.CONTENT_TYPE,
                metrics.toText(isOpenMetrics));
    }

    @Override
    public void close() {
        background.close();
    }
}
