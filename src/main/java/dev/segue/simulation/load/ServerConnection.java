package dev.segue.simulation.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.NextTrackException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A keep-alive connection to a server that uses JSON over HTTP/1.1. It is opened by the first request, and again after a
 * failure. It blocks, so that with one thread per connection the measured latency includes no scheduling of other requests.
 * Requests are not retried, since a retry could make the server log an event twice.
 */
public final class ServerConnection implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int QUOTED_CHARACTERS = 200;

    /** Idle time after which the connection is checked before its next use, since the server may have closed it. */
    private static final long STALE_NANOS = 1_000_000_000;

    private final RemoteServer server;
    private final String basePath;
    private final String endOfHead;
    private @Nullable OpenConnection connection;
    private long lastUsed;

    private record OpenConnection(Socket socket, OutputStream out, ResponseStream in, HttpResponseParser responses) {}

    public ServerConnection(RemoteServer server) {
        this.server = server;
        basePath = server.basePath();
        endOfHead = " HTTP/1.1\r\nHost: " + server.host() + ":" + server.port() + "\r\n";
    }

    /** Sends a GET request; see {@link #exchange}. */
    public JsonNode get(String path) {
        return exchange("GET", path, null);
    }

    /** Sends a POST request with JSON; see {@link #exchange}. */
    public JsonNode post(String path, String body) {
        return exchange("POST", path, body);
    }

    /**
     * Sends a request and reads the response.
     *
     * @param path path relative to the server's address, such as {@code /next/1}
     * @param body JSON, or null
     * @return the response's JSON
     * @throws NextTrackException if there is no response, its status is not 2xx or its content is not JSON
     */
    private JsonNode exchange(String method, String path, @Nullable String body) {
        String request = method + " " + path;
        try {
            OpenConnection open = connected();
            open.out.write(encode(method, path, body));
            open.in.beginResponse();
            byte[] content = open.responses.read();
            int status = open.responses.status();
            if (!open.responses.reusable()) {
                close();
            }
            lastUsed = System.nanoTime();
            return parse(request, status, content);
        } catch (SocketTimeoutException e) {
            close();
            throw new NextTrackException(Kind.TIMEOUT, request + ": " + e.getMessage(), e);
        } catch (ProtocolException e) {
            close();
            throw new NextTrackException(
                    Kind.GARBAGE, request + ": the response is not valid HTTP: " + e.getMessage(), e);
        } catch (IOException e) {
            close();
            throw new NextTrackException(
                    Kind.CONNECTION, request + ": http://" + server.host() + ":" + server.port() + ": " + e, e);
        }
    }

    /** Encodes head and body together, so that they are sent in one packet. */
    private byte[] encode(String method, String path, @Nullable String body) {
        String head = method + " " + basePath + path + endOfHead;
        String request = body == null
                ? head + "\r\n"
                : head + "Content-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n"
                        + body;
        return request.getBytes(UTF_8);
    }

    private OpenConnection connected() throws IOException {
        OpenConnection open = connection;
        if (open != null && System.nanoTime() - lastUsed > STALE_NANOS && open.in.isStale()) {
            close();
            open = null;
        }
        if (open == null) {
            Socket socket = connect();
            socket.setTcpNoDelay(true);
            var in = new ResponseStream(socket, server.timeoutMillis(), server.stop());
            open = new OpenConnection(socket, socket.getOutputStream(), in, new HttpResponseParser(in));
            connection = open;
        }
        return open;
    }

    /** Connects in attempts of a few seconds, to check for a stop between them. */
    private Socket connect() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(server.timeoutMillis());
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(server.host(), server.port()), (int)
                        Math.max(1, Math.min(left, ResponseStream.POLL_MILLIS)));
                return socket;
            } catch (SocketTimeoutException e) {
                socket.close();
                if (left <= ResponseStream.POLL_MILLIS || server.stop().getAsBoolean()) {
                    throw new SocketTimeoutException("cannot connect to " + server.host() + ":" + server.port());
                }
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }
    }

    private static JsonNode parse(String request, int status, byte[] content) {
        if (status / 100 != 2) {
            throw new NextTrackException(
                    status / 100 == 4 ? Kind.CLIENT_ERROR : status / 100 == 5 ? Kind.SERVER_ERROR : Kind.GARBAGE,
                    request + ": " + status + " " + shortened(new String(content, UTF_8)),
                    null);
        }
        try {
            return JSON.readTree(content);
        } catch (JacksonException e) {
            throw garbage(request, new String(content, UTF_8), e);
        }
    }

    /** Encodes text for a path segment or a query parameter. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public static NextTrackException garbage(String request, String content, @Nullable Throwable cause) {
        return new NextTrackException(
                Kind.GARBAGE, request + ": the response does not follow the protocol: " + shortened(content), cause);
    }

    private static String shortened(String content) {
        String line = content.replaceAll("\\s+", " ").strip();
        return line.length() <= QUOTED_CHARACTERS ? line : line.substring(0, QUOTED_CHARACTERS) + "…";
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.socket.close();
            } catch (IOException e) {
                // the response was read or is given up
            }
            connection = null;
        }
    }
}
