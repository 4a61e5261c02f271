package dev.segue.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/** The address that a started connector listens on. */
final class ListeningAddress {

    private ListeningAddress() {}

    static URI of(ServerConnector connector) {
        try { // puts the brackets around IPv6 addresses
            String scheme = connector.getDefaultConnectionFactory() instanceof HttpConnectionFactory ? "http" : "https";
            return new URI(scheme, null, connector.getHost(), connector.getLocalPort(), "/", null, null);
        } catch (URISyntaxException notAHost) {
            throw new IllegalStateException(notAHost);
        }
    }
}
