package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jetty sends part of a response at once if it exceeds its buffers, and the sending thread waits for the client and the log. */
class ResponseSizeTest {

    private static final int STEP = 250;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aResponseOfAnySizeWaitsForTheLogWithoutAThread() throws Exception {
        var disk = new StallingDisk();
        try (TestServer server = TestServer.in(folder).with(disk).start()) {
            disk.stall();
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int unknown = 0; unknown < 1000; unknown += 8) {
                responses.add(server.postAsync("/next_track", query(unknown)));
            }
            server.awaitBacklog();
            assertEquals(200, server.get("/health/live").statusCode(), "a request meanwhile");
            disk.work();
            int last = 0;
            for (CompletableFuture<HttpResponse<String>> pending : responses) {
                HttpResponse<String> response = pending.get();
                assertEquals(200, response.statusCode());
                int size = response.body().length();
                assertTrue(size - last < 2 * STEP || last == 0, last + " and then " + size + " bytes");
                last = size;
            }
            assertTrue(last > 2 * BoundedHttp.RESPONSE_BUFFER_BYTES, last + " bytes");
        }
    }

    /** Unknown seeds are listed in the response. */
    private static String query(int unknown) {
        return "{\"user\":100,\"explain\":true,\"seeds\":{\"tracks\":[0" + ",\"no such track\"".repeat(unknown) + "]}}";
    }
}
