package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopGraceTest {

    @TempDir
    Path folder;

    @Test
    void aServerThatIsToldToStopIsNotReadyButServesForTheGracePeriod() throws Exception {
        TestServer server =
                TestServer.in(folder).with("server.stop_grace_ms", "600000").start();
        URI uri = server.uri();
        assertEquals(200, server.get("/health/ready").statusCode());
        var stop = new Thread(server::close, "stop");
        stop.start();
        Waiting.until(
                "the server is not ready", () -> server.get("/health/ready").statusCode() == 503);
        assertTrue(server.get("/health/ready").body().contains("the server is stopping"));
        assertEquals(200, server.get("/health/live").statusCode());
        assertEquals(200, server.get("/next_track?user=1").statusCode());
        stop.interrupt(); // ends the grace period
        stop.join();
        assertEquals(1, server.events().size());
        assertFalse(canConnect(uri));
    }

    private static boolean canConnect(URI uri) {
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
