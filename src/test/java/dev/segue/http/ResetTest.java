package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.segue.Waiting;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that clients reset leave no file descriptors open.
 *
 * <p>{@code scripts/attack} runs this with more resets.
 */
class ResetTest {

    private static final int RESETS = Integer.getInteger("segue.attack.resets", 600);
    private static final int OTHERS = 10; // descriptors that the rest of the process may open meanwhile
    private static final String BODY = "{\"user\":7,\"track\":0,\"time\":0.3}";
    private static final String HEAD =
            "POST /next_track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(folder).start();
        server.post("/next_track", BODY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "chunks", "pipeline"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void clientsThatResetAtAnyByteOfARequestLeaveNoDescriptorOpen(String kind) throws Exception {
        assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
        String request = request(kind);
        long before = descriptors();
        for (int i = 0; i < RESETS; i++) {
            var connection = new RawConnection(server.uri());
            connection.send(request.substring(0, request.length() - i % request.length()));
            connection.reset();
        }
        Waiting.until("no descriptors stay open", () -> descriptors() <= before + OTHERS);
        assertEquals(200, server.post("/next_track", BODY).statusCode());
    }

    private static String request(String kind) {
        String withLength = HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
        return switch (kind) {
            case "length" -> withLength;
            case "chunks" ->
                HEAD + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(BODY.length()) + "\r\n" + BODY
                        + "\r\n0\r\n\r\n";
            default -> withLength + withLength;
        };
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
