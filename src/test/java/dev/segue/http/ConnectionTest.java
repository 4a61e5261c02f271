package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that arrive in pieces are read completely, and the end of the input is recognised. */
class ConnectionTest {

    private static final String BODY = "{\"user\":7,\"track\":0,\"time\":0.3}";
    private static final String REQUEST =
            "POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + "Content-Length: "
                    + BODY.length() + "\r\n\r\n" + BODY;

    @TempDir
    Path folder;

    private TestServer server;
    private Socket socket;

    @BeforeEach
    void connect() throws Exception {
        server = TestServer.in(folder).start();
        socket = new Socket(server.uri().getHost(), server.uri().getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        server.close();
    }

    @Test
    void requestsSentByteByByteAreServed() throws Exception {
        for (int request = 0; request < 20; request++) {
            for (int i = 0; i < REQUEST.length(); i++) {
                socket.getOutputStream().write(REQUEST.charAt(i));
            }
            assertServed();
        }
        assertEquals(20, server.events().size());
    }

    @Test
    void requestsSplitAtAnyByteAreServed() throws Exception {
        String twice = REQUEST + REQUEST;
        for (int cut = 1; cut < twice.length(); cut++) {
            socket.getOutputStream().write(twice.substring(0, cut).getBytes(US_ASCII));
            server.get("/health/live"); // the selector reads the first part before it handles this request
            socket.getOutputStream().write(twice.substring(cut).getBytes(US_ASCII));
            assertServed();
            assertServed();
        }
        assertEquals(2 * (twice.length() - 1), server.events().size());
    }

    @Test
    void halfClosedConnectionsGetTheResponseAndThenTheEnd() throws Exception {
        assertServed(REQUEST);
        socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
        socket.shutdownOutput();
        assertServed();
        assertEquals(-1, socket.getInputStream().read());
    }

    private void assertServed(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        assertServed();
    }

    /** Reads exactly one response. */
    private void assertServed() throws IOException {
        var response = new StringBuilder();
        while (response.indexOf("}") < 0) {
            int next = socket.getInputStream().read();
            assertTrue(next >= 0, () -> "the connection ended after: " + response);
            response.append((char) next);
        }
        assertTrue(response.toString().startsWith("HTTP/1.1 200 "), response::toString);
    }
}
