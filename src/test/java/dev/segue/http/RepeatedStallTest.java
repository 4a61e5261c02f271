package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.Acknowledgement;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for the log a second time. */
@Timeout(240)
class RepeatedStallTest {

    private static final String LISTEN = "{\"track\":0,\"time\":0.3}";
    private static final String WITH_REQUEST_ID = "{\"track\":0,\"time\":0.3,\"request_id\":\"r\"}";
    private static final int TIMEOUT_SECONDS = 50; // less than server.log_wait_ms where that is long

    @TempDir
    Path folder;

    private final StallingDisk disk = new StallingDisk();

    @SuppressWarnings("NullAway.Init") // every test starts one
    private TestServer server;

    /** Starts a server whose log is stalled, with a request in flight. */
    private void startStalled(int waitMs) throws Exception {
        server = TestServer.in(folder)
                .with(disk)
                .with("server.log_wait_ms", Integer.toString(waitMs))
                .start();
        disk.stall();
        var unused = server.postAsync("/next/1", LISTEN);
        server.awaitBacklog();
        server.stallLog();
    }

    @AfterEach
    void stop() {
        disk.work();
        server.close();
    }

    @Test
    void requestsThatMeetASecondStallGet503() throws Exception {
        startStalled(60_000);
        server.log()
                .whenWritable(
                        new Acknowledgement() { // the first in the queue, so notified before the request below
                            @Override
                            public void done() {
                                server.stallLog();
                            }

                            @Override
                            public void timedOut() {}
                        });
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
            socket.getOutputStream()
                    .write(("POST /next/2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + LISTEN.length() + "\r\n\r\n" + LISTEN)
                            .getBytes(StandardCharsets.US_ASCII));
            server.get("/health/live"); // the selector handles the request above before the second of these
            server.get("/health/live");

            disk.work();
            String text = RawConnection.text(socket);
            assertTrue(text.startsWith("HTTP/1.1 503 "), text);
            assertTrue(text.contains("this attempt recorded nothing"), text);
        }
    }

    @Test
    void responsesWhoseEventIsWrittenAreSentImmediately() throws Exception {
        startStalled(0);
        var checking = new CountDownLatch(1);
        var checked = new CountDownLatch(1);
        server.log().whenWritable(new Acknowledgement() {
            @Override
            public void done() {}

            @Override
            public void timedOut() { // blocks the thread that checks deadlines
                checking.countDown();
                try {
                    checked.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        try {
            assertTrue(checking.await(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            disk.work();
            server.awaitWritable();
            for (int attempt = 0; attempt < 2; attempt++) { // the second attempt's event is already written
                var response = server.postAsync("/next/3", WITH_REQUEST_ID).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                assertEquals(200, response.statusCode());
            }
        } finally {
            checked.countDown();
        }
    }
}
