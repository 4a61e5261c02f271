package dev.segue.simulation.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.simulation.NextTrackException;
import dev.segue.simulation.NextTrackException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {

    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    /** Each byte arrives in time, but not the whole response. */
    @Test
    void serverThatSendsSingleBytesTimesOut() throws Exception {
        NextTrackException late = assertThrows(NextTrackException.class, () -> getDripping(20, 100));
        assertEquals(Kind.TIMEOUT, late.kind());
    }

    @Test
    void responseInPiecesIsReadIfItIsCompleteInTime() throws Exception {
        getDripping(1, 60_000);
    }

    /** Sends two requests: each response has its own timeout. */
    private static void getDripping(long pauseMillis, long timeoutMillis) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var responding = new Thread(() -> respond(server, pauseMillis));
            responding.start();
            try (var connection = connection(server, timeoutMillis, false)) {
                assertEquals("{}", connection.get("/").toString());
                assertEquals("{}", connection.get("/").toString());
            } finally {
                responding.join();
            }
        }
    }

    @Test
    void interruptionEndsTheWaitForASilentServer() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var connection = connection(silent, 600_000, true)) {
            NextTrackException late = assertThrows(NextTrackException.class, () -> connection.get("/"));
            assertEquals(Kind.TIMEOUT, late.kind());
            assertEquals("GET /: no response before the interruption", late.getMessage());
        }
    }

    private static ServerConnection connection(ServerSocket server, long timeoutMillis, boolean interrupted) {
        var url = URI.create("http://localhost:" + server.getLocalPort());
        return new ServerConnection(new RemoteServer(url, Duration.ofMillis(timeoutMillis), () -> interrupted));
    }

    private static void respond(ServerSocket server, long pauseMillis) {
        try (Socket client = server.accept()) {
            client.setTcpNoDelay(true);
            for (int response = 0; response < 2; response++) {
                readHead(client);
                for (byte each : RESPONSE.getBytes(US_ASCII)) {
                    client.getOutputStream().write(each);
                    Thread.sleep(pauseMillis);
                }
            }
        } catch (SocketException gone) {
            // the client has closed the connection
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readHead(Socket client) throws IOException {
        int ends = 0;
        while (ends < 2) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new SocketException("the client has closed the connection");
            }
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
        }
    }
}
