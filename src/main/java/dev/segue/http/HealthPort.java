package dev.segue.http;

import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * A port of its own for health and metrics, so that whoever watches the server need not queue with those who use it: with
 * a thread of its own that accepts connections, one that waits for network events, and few connections.
 */
final class HealthPort {

    private static final int MOST_CONNECTIONS = 64;
    private static final Set<String> PATHS = Set.of("/health/live", "/health/ready", "/metrics");

    private final SelectorConnector connector;

    HealthPort(Server server, String host, int port, long idleTimeoutMillis) {
        var http = new BoundedHttp(MOST_CONNECTIONS);
        connector = new SelectorConnector(server, 1, http);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(idleTimeoutMillis);
        server.addConnector(connector);
        server.addBean(http.hardLimit(connector));
    }

    /** Where it listens. */
    int port() {
        return connector.getLocalPort();
    }

    /** Keeps requests for anything else away from a handler. */
    Handler guard(Handler next) {
        return new Handler.Wrapper(next) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getConnectionMetaData().getConnector() == connector
                        && !PATHS.contains(Request.getPathInContext(request))) {
                    Problem.onlyHealth(PATHS).write(request, response, callback);
                    return true;
                }
                return super.handle(request, response, callback);
            }
        };
    }
}
