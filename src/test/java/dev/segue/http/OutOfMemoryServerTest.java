package dev.segue.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.platform.OutOfMemory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that runs out of memory on any thread ends. The tests run it in its own process. */
@Timeout(600)
class OutOfMemoryServerTest {

    private static final int HEAP_MB = 28;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // each test starts it
    private ServeProcess process;

    @AfterEach
    void end() throws InterruptedException {
        process.close();
    }

    private URI start(String... settings) throws IOException {
        process = ServeProcess.start(folder, List.of("-Xmx" + HEAP_MB + "m"), settings);
        return process.uri();
    }

    private void assertEnded() throws Exception {
        assertEquals(OutOfMemory.EXIT_CODE, process.exitCode(), process.error());
        assertTrue(
                process.error()
                        .contains("segue: out of memory, the process ends with exit code 3: the heap of " + HEAP_MB
                                + " MB is exhausted; give the process more, as in: java -Xmx" + 2 * HEAP_MB + "m"),
                process.error());
        assertTrue(process.error().contains("#bytes  class name"), process.error());
    }

    @Test
    void moreListenersThanFitIntoTheHeapEndTheServer() throws Exception {
        URI uri = start("history.listeners=100000000");
        assertTrue(
                process.error().contains("history.listeners is 100000000, but a heap of " + HEAP_MB + " MB affords "),
                process.error());
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var reader = new Thread(() -> readAll(socket));
            reader.start();
            OutputStream requests = new BufferedOutputStream(socket.getOutputStream());
            for (int user = 0; process.isAlive(); user++) {
                requests.write(
                        ("GET /next_track?user=" + user + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
            }
        } catch (IOException ended) {
            process.exitCode();
        }
        assertEnded();
    }

    private static void readAll(Socket socket) {
        try (InputStream responses = socket.getInputStream()) {
            responses.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            Thread.currentThread().interrupt(); // nothing more to read
        }
    }

    @Test
    void reloadOfACatalogLargerThanTheHeapEndsTheServer() throws Exception {
        URI uri = start();
        try (var catalog = Files.newBufferedWriter(folder.resolve("tracks.json"))) {
            for (int track = 0; track < 300_000; track++) {
                catalog.write("{\"track\":" + track + ",\"artist\":\"Artist " + track
                        + "\",\"title\":\"A title of some length " + track
                        + "\",\"recommendations\":[0,1,2,3,4,5,6,7]}\n");
            }
        }
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write("POST /admin/reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(US_ASCII));
            readAll(socket);
        }
        assertEnded();
    }
}
