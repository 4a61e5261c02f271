package dev.segue.http;

import java.util.List;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** A port beside the main one, with an acceptor and a selector of its own, and few connections. */
final class FurtherPort {

    private static final int MAX_CONNECTIONS = 64;

    private FurtherPort() {}

    /**
     * Makes a port of a server that is not started.
     *
     * @param tls null for a port without TLS
     */
    static SelectorConnector of(
            Server server, PortKind kind, String host, int port, long idleTimeoutMillis, @Nullable Tls tls) {
        var http = new BoundedHttp(MAX_CONNECTIONS);
        var connector = new SelectorConnector(server, kind, 1, http, tls == null ? List.of(http) : tls.protocols(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(idleTimeoutMillis);
        server.addBean(http.hardLimit(connector));
        return connector;
    }
}
