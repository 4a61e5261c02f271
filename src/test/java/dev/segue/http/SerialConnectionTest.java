package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SerialConnectionTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final AtomicInteger requests = new AtomicInteger();
    private final BlockingQueue<Boolean> refusals = new LinkedBlockingQueue<>();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, new BoundedHttp(1000));

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (requests.incrementAndGet() == 1) {
                    enterFromAnotherThread(
                            (AbstractConnection) request.getConnectionMetaData().getConnection());
                }
                response.write(true, ByteBuffer.wrap(new byte[] {'a'}), callback);
                return true;
            }
        });
        server.setErrorHandler(new ErrorHandler() {
            @Override
            protected void generateResponse(
                    Request request, Response response, int code, String message, Throwable cause, Callback callback) {
                refusals.add(HttpConnection.getCurrentConnection() != null);
                response.write(true, ByteBuffer.wrap(new byte[] {'e'}), callback);
            }
        });
        server.start();
    }

    private static void enterFromAnotherThread(AbstractConnection connection) throws InterruptedException {
        var other = new Thread(connection::onFillable);
        other.start();
        other.join();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** With Jetty's default of 1,024 rows, the header cache of a connection takes 98 KB after two requests. */
    @Test
    void connectionsDoNotCacheHeaderFields() throws Exception {
        String request = REQUEST.replace("Host: localhost", "Host: localhost\r\nUser-Agent: one of many");
        try (var connection = new RawConnection(server.getURI())) {
            for (int i = 0; i < 2; i++) {
                connection.send(request);
                connection.read();
            }
            for (EndPoint open : connector.getConnectedEndPoints()) {
                var parser = ((HttpConnection) open.getConnection()).getParser();
                assertEquals(0, parser.getHeaderCacheSize());
                assertNull(parser.getFieldCache().get("User-Agent: one of many"));
            }
            assertEquals(1, connector.getConnectedEndPoints().size());
        }
    }

    @Test
    void secondThreadDoesNotEnterABusyConnection() throws Exception {
        try (var connection = new RawConnection(server.getURI())) {
            for (int i = 0; i < 3; i++) {
                connection.send(REQUEST);
                assertEquals(200, Objects.requireNonNull(connection.read()).status());
            }
        }
        assertEquals(3, requests.get());
    }

    @Test
    void refusalsAreWrittenByTheParsingThread() throws Exception {
        try (var connection = new RawConnection(server.getURI())) {
            connection.send("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\n\r\n" + REQUEST);
            var refusal = connection.read();
            assertNotNull(refusal);
            assertEquals(417, refusal.status());
            assertTrue(refusals.take(), "another thread wrote it");
            assertNull(connection.read());
        }
        assertEquals(0, requests.get());
    }

    @Test
    void inputAfterARefusalIsDiscardedWithoutAReset() throws Exception {
        try (var connection = new RawConnection(server.getURI())) {
            connection.send("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\n\r\n");
            refusals.take();
            for (int i = 0; i < 1000; i++) {
                connection.send(REQUEST);
            }
            connection.end();
            assertEquals(417, Objects.requireNonNull(connection.read()).status());
            assertNull(connection.read());
        }
        assertEquals(0, requests.get());
    }

    @Test
    void connectionsThatSendAfterARefusalAreClosedInTheEnd() throws Exception {
        connector.setIdleTimeout(500);
        try (var connection = new RawConnection(server.getURI())) {
            connection.send("GET / HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\n\r\n");
            assertEquals(417, Objects.requireNonNull(connection.read()).status());
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 3000; i++) {
                    connection.send("a"); // more often than the idle timeout
                    Thread.sleep(20);
                }
            });
        }
    }
}
