package dev.segue.http;

import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS within the bounds of {@link BoundedHttp}. Connections beyond them are closed without a handshake, which costs more than a request. */
final class BoundedTls extends SslConnectionFactory {

    private final BoundedHttp bounds;

    /** @param next the protocol within TLS */
    BoundedTls(SslContextFactory.Server contexts, String next, BoundedHttp bounds) {
        super(contexts, next);
        this.bounds = bounds;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return bounds.admits(connector)
                ? super.newConnection(connector, endPoint)
                : configure(new Closed(endPoint, connector), connector, endPoint);
    }

    /** A connection that ends when it opens. */
    private static final class Closed extends AbstractConnection {
        Closed(EndPoint endPoint, Connector connector) {
            super(endPoint, connector.getExecutor());
        }

        @Override
        public void onOpen() {
            super.onOpen();
            close();
        }

        @Override
        public void onFillable() {
            close();
        }
    }
}
