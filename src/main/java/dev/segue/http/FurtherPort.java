package dev.segue.http;

import org.eclipse.jetty.server.Server;

/** A port beside the main one, with an acceptor and a selector of its own, and few connections. */
final class FurtherPort {

    private static final int MAX_CONNECTIONS = 64;

    private FurtherPort() {}

    /** Adds a port to a server that is not started. */
    static SelectorConnector add(Server server, String host, int port, long idleTimeoutMillis) {
        var http = new BoundedHttp(MAX_CONNECTIONS);
        var connector = new SelectorConnector(server, 1, http);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(idleTimeoutMillis);
        server.addConnector(connector);
        server.addBean(http.hardLimit(connector));
        return connector;
    }
}
