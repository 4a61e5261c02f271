package dev.segue.simulation.load;

import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The address of an HTTP server, and the timeouts of its clients.
 *
 * @param url address, such as {@code http://localhost:5000}; the scheme is {@code http}
 * @param timeout timeout for connecting, and for each response
 * @param stop once true, limits all waiting to a few seconds
 */
public record RemoteServer(URI url, Duration timeout, BooleanSupplier stop) {

    /** @throws IllegalArgumentException if the URL does not name an HTTP server */
    public RemoteServer {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is not a server's address; use one such as http://localhost:5000");
        }
    }

    String host() {
        return url.getHost();
    }

    int port() {
        return url.getPort() < 0 ? 80 : url.getPort();
    }

    /** The prefix of every path, without a slash at the end. */
    String basePath() {
        String path = url.getPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    int timeoutMillis() {
        return Math.toIntExact(timeout.toMillis());
    }
}
