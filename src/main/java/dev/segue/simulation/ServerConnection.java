package dev.segue.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.simulation.NextTrackException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One keep-alive connection to a server that speaks JSON over HTTP/1.1, made when it is first needed and again after a
 * failure. Blocking, since with one thread for each connection nothing stands between a request and its time. A request is
 * sent once, whatever happens: to repeat it could make two events of one.
 */
final class ServerConnection implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int TOLD_CHARACTERS = 200;

    /** After so long without a request it is asked whether the server has closed the connection meanwhile. */
    private static final long STALE_NANOS = 1_000_000_000;

    /**
     * The library's usual headers without "Expect: 100-continue", which would send each small body in a packet of its own
     * after a wait for the server's word.
     */
    private static final HttpProcessor PROCESSOR = HttpProcessorBuilder.create()
            .add(new RequestTargetHost())
            .add(new RequestContent())
            .add(new RequestConnControl())
            .build();

    private final HttpHost host;
    private final String basePath;
    private final int timeoutMillis;
    private final HttpRequestExecutor executor = new HttpRequestExecutor();
    private @Nullable DefaultBHttpClientConnection connection;
    private long lastUsed;

    /**
     * @param url of the server; only {@code http}
     * @param timeout for connecting, and for each answer
     * @throws IllegalArgumentException if the URL names no server
     */
    ServerConnection(URI url, Duration timeout) {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("\"" + url + "\" is no server's address; write http://localhost:5000");
        }
        host = new HttpHost("http", url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
        basePath = url.getPath().endsWith("/")
                ? url.getPath().substring(0, url.getPath().length() - 1)
                : url.getPath();
        timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param path from the server's address on, such as {@code /next/1}
     * @param body JSON, or null
     * @return the answer's JSON
     * @throws NextTrackException for any status but 2xx, and without an answer of JSON
     */
    JsonNode exchange(Method method, String path, @Nullable String body) {
        var request = new BasicClassicHttpRequest(method, host, basePath + path);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body.getBytes(UTF_8), ContentType.APPLICATION_JSON));
        }
        String asked = method + " " + path;
        try {
            var context = HttpCoreContext.create();
            DefaultBHttpClientConnection open = connected();
            executor.preProcess(request, PROCESSOR, context);
            try (ClassicHttpResponse response = executor.execute(request, open, context)) {
                executor.postProcess(response, PROCESSOR, context);
                String content = EntityUtils.toString(response.getEntity(), UTF_8);
                if (!executor.keepAlive(request, response, open, context)) {
                    close();
                }
                lastUsed = System.nanoTime();
                return parse(asked, response.getCode(), content == null ? "" : content);
            }
        } catch (SocketTimeoutException e) {
            close();
            throw new NextTrackException(Kind.TIMEOUT, asked + ": no answer in " + timeoutMillis + " ms", e);
        } catch (IOException e) {
            close();
            throw new NextTrackException(Kind.CONNECTION, asked + ": " + host.toHostString() + ": " + e, e);
        } catch (HttpException e) {
            close();
            throw new NextTrackException(Kind.GARBAGE, asked + ": the answer is no HTTP: " + e.getMessage(), e);
        }
    }

    private DefaultBHttpClientConnection connected() throws IOException {
        DefaultBHttpClientConnection open = connection;
        if (open != null && System.nanoTime() - lastUsed > STALE_NANOS && open.isStale()) {
            close();
            open = null;
        }
        if (open == null || !open.isOpen()) {
            var socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMillis);
            try {
                socket.connect(new InetSocketAddress(host.getHostName(), host.getPort()), timeoutMillis);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            open = DefaultBHttpClientConnectionFactory.builder().build().createConnection(socket);
            connection = open;
        }
        return open;
    }

    private static JsonNode parse(String asked, int status, String content) {
        if (status / 100 != 2) {
            throw new NextTrackException(
                    status / 100 == 4 ? Kind.CLIENT_ERROR : status / 100 == 5 ? Kind.SERVER_ERROR : Kind.GARBAGE,
                    asked + ": " + status + " " + shortened(content),
                    null);
        }
        try {
            return JSON.readTree(content);
        } catch (JacksonException e) {
            throw garbage(asked, content, e);
        }
    }

    /** Text as part of a path or query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    static NextTrackException garbage(String asked, String content, @Nullable Throwable cause) {
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
            connection.close(CloseMode.IMMEDIATE);
            connection = null;
        }
    }
}
