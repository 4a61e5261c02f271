package dev.segue.http;

import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * A separate port for health and metrics, so that monitoring does not wait behind other clients. It has no TLS, which
 * most probes would not verify.
 */
final class HealthPort {

    private static final Set<String> PATHS = Set.of("/health/live", "/health/ready", "/metrics");

    private final SelectorConnector connector;

    HealthPort(Server server, String host, int port, long idleTimeoutMillis) {
        connector = FurtherPort.of(server, PortKind.HEALTH, host, port, idleTimeoutMillis, null);
    }

    SelectorConnector connector() {
        return connector;
    }

    /** The port that it listens on. */
    int port() {
        return connector.getLocalPort();
    }

    /** Wraps a handler, and responds 404 to requests for other paths on this port. */
    Handler guard(Handler next) {
        return new Handler.Wrapper(next) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getConnectionMetaData().getConnector() == connector
                        && !PATHS.contains(Request.getPathInContext(request))) {
                    Problem other = Problem.onlyHealth(PATHS);
                    connector.refused(other.status());
                    other.write(request, response, callback);
                    return true;
                }
                return super.handle(request, response, callback);
            }
        };
    }
}
