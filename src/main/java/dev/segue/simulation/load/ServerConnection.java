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
 * One keep-alive connection to a server that speaks JSON over HTTP/1.1, made when it is first needed and again after a
 * failure. Blocking, since with one thread for each connection nothing stands between a request and its time. A request is
 * sent once, whatever happens: to repeat it could make two events of one.
 */
public final class ServerConnection implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TOLD_CHARACTERS = 200;

    /** After so long without a request it is asked whether the server has closed the connection meanwhile. */
    private static final long STALE_NANOS = 1_000_000_000;

    private final RemoteServer server;
    private final String basePath;
    private final String endOfHead;
    private @Nullable Open connection;
    private long lastUsed;

    private record Open(Socket socket, OutputStream out, ResponseStream in, HttpResponseParser answers) {}

    public ServerConnection(RemoteServer server) {
        this.server = server;
        basePath = server.basePath();
        endOfHead = " HTTP/1.1\r\nHost: " + server.host() + ":" + server.port() + "\r\n";
    }

    /** Asks for what is at a path, as {@link #exchange} does. */
    public JsonNode get(String path) {
        return exchange("GET", path, null);
    }

    /** Sends JSON to a path, as {@link #exchange} does. */
    public JsonNode post(String path, String body) {
        return exchange("POST", path, body);
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param path from the server's address on, such as {@code /next/1}
     * @param body JSON, or null
     * @return the answer's JSON
     * @throws NextTrackException for any status but 2xx, and without an answer of JSON
     */
    private JsonNode exchange(String method, String path, @Nullable String body) {
        String asked = method + " " + path;
        try {
            Open open = connected();
            open.out.write(request(method, path, body));
            open.in.beginAnswer();
            byte[] content = open.answers.read();
            int status = open.answers.status();
            if (!open.answers.reusable()) {
                close();
            }
            lastUsed = System.nanoTime();
            return parse(asked, status, content);
        } catch (SocketTimeoutException e) {
            close();
            throw new NextTrackException(Kind.TIMEOUT, asked + ": " + e.getMessage(), e);
        } catch (ProtocolException e) {
            close();
            throw new NextTrackException(Kind.GARBAGE, asked + ": the answer is no HTTP: " + e.getMessage(), e);
        } catch (IOException e) {
            close();
            throw new NextTrackException(
                    Kind.CONNECTION, asked + ": http://" + server.host() + ":" + server.port() + ": " + e, e);
        }
    }

    /** Head and body at once, so that they leave in one packet. */
    private byte[] request(String method, String path, @Nullable String body) {
        String head = method + " " + basePath + path + endOfHead;
        String request = body == null
                ? head + "\r\n"
                : head + "Content-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n"
                        + body;
        return request.getBytes(UTF_8);
    }

    private Open connected() throws IOException {
        Open open = connection;
        if (open != null && System.nanoTime() - lastUsed > STALE_NANOS && open.in.isStale()) {
            close();
            open = null;
        }
        if (open == null) {
            Socket socket = connect();
            socket.setTcpNoDelay(true);
            var in = new ResponseStream(socket, server.timeoutMillis(), server.stop());
            open = new Open(socket, socket.getOutputStream(), in, new HttpResponseParser(in));
            connection = open;
        }
        return open;
    }

    /** Tries anew every few seconds, so that an interruption is noticed. */
    private Socket connect() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(server.timeoutMillis());
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(server.host(), server.port()), (int)
                        Math.max(1, Math.min(left, ResponseStream.PATIENCE_MILLIS)));
                return socket;
            } catch (SocketTimeoutException e) {
                socket.close();
                if (left <= ResponseStream.PATIENCE_MILLIS || server.stop().getAsBoolean()) {
                    throw new SocketTimeoutException("no connection to " + server.host() + ":" + server.port());
                }
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }
    }

    private static JsonNode parse(String asked, int status, byte[] content) {
        if (status / 100 != 2) {
            throw new NextTrackException(
                    status / 100 == 4 ? Kind.CLIENT_ERROR : status / 100 == 5 ? Kind.SERVER_ERROR : Kind.GARBAGE,
                    asked + ": " + status + " " + shortened(new String(content, UTF_8)),
                    null);
        }
        try {
            return JSON.readTree(content);
        } catch (JacksonException e) {
            throw garbage(asked, new String(content, UTF_8), e);
        }
    }

    /** Text as part of a path or query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public static NextTrackException garbage(String asked, String content, @Nullable Throwable cause) {
        return new NextTrackException(
                Kind.GARBAGE, asked + ": the answer does not follow the protocol: " + shortened(content), cause);
    }

    private static String shortened(String content) {
        String line = content.replaceAll("\\s+", " ").strip();
        return line.length() <= TOLD_CHARACTERS ? line : line.substring(0, TOLD_CHARACTERS) + "…";
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.socket.close();
            } catch (IOException e) {
                // there is nothing to lose: the answer was read, or will not come
            }
            connection = null;
        }
    }
}
