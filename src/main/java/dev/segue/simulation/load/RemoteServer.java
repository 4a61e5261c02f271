package dev.segue.simulation.load;

import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A server over HTTP, and how long to wait for it.
 *
 * @param url its address, such as {@code http://localhost:5000}; only {@code http}
 * @param timeout for connecting, and for each answer
 * @param stop once true, no answer is waited for longer than some seconds, whatever the timeout
 */
public record RemoteServer(URI url, Duration timeout, BooleanSupplier stop) {

    /** @throws IllegalArgumentException if the URL names no server */
    public RemoteServer {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("\"" + url + "\" is no server's address; write http://localhost:5000");
        }
    }

    String host() {
        return url.getHost();
    }

    int port() {
        return url.getPort() < 0 ? 80 : url.getPort();
    }

    /** The beginning of every path; "" for most servers. */
    String basePath() {
        String path = url.getPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    int timeoutMillis() {
        return Math.toIntExact(timeout.toMillis());
    }
}
