package dev.segue.http;

import dev.segue.config.AccessLogSettings;
import dev.segue.file.RollingLines;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/** Writes a line for each request to a file, without making the selector's thread wait for the disk. */
final class AccessLog extends AbstractLifeCycle implements RequestLog {

    private final RollingLines lines;
    private final AccessLogSettings settings;

    private AccessLog(Path file, AccessLogSettings settings) {
        this.settings = settings;
        @Nullable
        Duration keptFor = settings.keepDays().isPresent()
                ? Duration.ofDays(settings.keepDays().getAsInt())
                : null;
        var limits = new RollingLines.Limits(settings.maxBytes(), settings.keepFiles(), keptFor);
        lines = RollingLines.open(file, limits, AccessLine::millisOf);
    }

    /**
     * Logs the requests of a server that is not started, if the settings name a file; returns null otherwise.
     *
     * @throws dev.segue.file.FileException if the file cannot be written
     */
    static @Nullable AccessLog begin(Server jetty, AccessLogSettings settings) {
        if (settings.file().isEmpty()) {
            return null;
        }
        var log = new AccessLog(settings.file().get(), settings);
        jetty.setRequestLog(log);
        return log;
    }

    /** Number of requests without a line. */
    long dropped() {
        return lines.dropped();
    }

    @Override
    public void log(Request request, Response response) {
        TraceParent parent = TraceParent.of(request);
        String route = route(request);
        var line = new AccessLine(
                Request.getTimeStamp(request),
                Request.getRemoteAddr(request),
                request.getMethod(),
                settings.fullPaths() ? request.getHttpURI().getPathQuery() : route,
                request.getConnectionMetaData().getProtocol(),
                route,
                response.getStatus(),
                Response.getContentBytesWritten(response),
                System.nanoTime() - request.getHeadersNanoTime(),
                parent == null ? null : parent.traceId());
        lines.add(settings.format() == AccessLogSettings.Format.JSON ? line::toJson : line::toNcsa);
    }

    private static String route(Request request) {
        @Nullable Object durable = request.getAttribute(DurableResponse.class.getName());
        return durable instanceof DurableResponse response ? response.route() : RouteMetrics.OTHER;
    }

    @Override
    protected void doStop() {
        lines.close();
    }
}
