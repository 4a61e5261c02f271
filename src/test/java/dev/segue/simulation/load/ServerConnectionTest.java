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

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    /** Each byte comes in time, the answer as a whole does not. */
    @Test
    void serverThatDripsItsAnswerTimesOut() throws Exception {
        NextTrackException late = assertThrows(NextTrackException.class, () -> getDripping(20, 100));
        assertEquals(Kind.TIMEOUT, late.kind());
    }

    @Test
    void answerInPiecesIsReadIfItIsThereInTime() throws Exception {
        getDripping(1, 60_000);
    }

    /** Asks twice: what one answer took of its time is not taken from the next. */
    private static void getDripping(long pauseMillis, long timeoutMillis) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answering = new Thread(() -> answer(server, pauseMillis));
            answering.start();
            try (var connection = connection(server, timeoutMillis, false)) {
                assertEquals("{}", connection.get("/").toString());
                assertEquals("{}", connection.get("/").toString());
            } finally {
                answering.join();
            }
        }
    }

    @Test
    void serverThatIsSilentIsNotWaitedForAfterAnInterruption() throws Exception {
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

    private static void answer(ServerSocket server, long pauseMillis) {
        try (Socket client = server.accept()) {
            client.setTcpNoDelay(true);
            for (int answer = 0; answer < 2; answer++) {
                readHead(client);
                for (byte each : ANSWER.getBytes(US_ASCII)) {
                    client.getOutputStream().write(each);
                    Thread.sleep(pauseMillis);
                }
            }
        } catch (SocketException gone) {
            // the client had enough
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readHead(Socket client) throws IOException {
        int ends = 0;
        while (ends < 2) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new SocketException("the client has hung up");
            }
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
        }
    }
}
