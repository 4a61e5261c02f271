package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.segue.Waiting;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Malformed requests lead to no status of 500 or above, delay and change no other response, and leave nothing behind.
 *
 * <p>{@code scripts/fuzz requests} sends a million of them to a server in a process of its own, and measures its heap too.
 */
class MalformedRequestTest {

    private static final int REQUESTS = 2_500;
    private static final long SEED = 7;
    private static final int OTHER_DESCRIPTORS = 10; // that the rest of the process may open meanwhile
    private static final long OTHER_DIRECT_BYTES = 8_000_000;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.in(folder).with("history.listeners", "10000").start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void malformedRequestsAffectNoOtherResponseAndLeaveNothingOpen() throws Exception {
        assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
        new MalformedTraffic(server.uri(), REQUESTS / 10, SEED, 1).run(); // loads classes, fills pools
        long descriptors = descriptors();
        long direct = directBytes();
        long problemsBefore = status5xx();
        var traffic = new MalformedTraffic(server.uri(), REQUESTS, SEED + 1000, 1_000_000);
        traffic.run();
        assertEquals(List.of(), traffic.faults());
        Set<String> kinds = traffic.counts().keySet();
        assertTrue(
                kinds.containsAll(
                        Arrays.stream(MalformedRequest.values()).map(Enum::name).toList()),
                kinds::toString);
        Waiting.until("no connections stay open", () -> descriptors() <= descriptors + OTHER_DESCRIPTORS);
        assertTrue(directBytes() <= direct + OTHER_DIRECT_BYTES, () -> direct + " bytes became " + directBytes());
        assertEquals(problemsBefore, status5xx());
        assertLoggedOnce(traffic);
    }

    /** Each acknowledged event is in the log once. */
    private void assertLoggedOnce(MalformedTraffic traffic) {
        var acknowledged = new TreeSet<>(traffic.acknowledged());
        assertEquals(acknowledged.size(), traffic.acknowledged().size());
        List<String> logged = server.events().stream()
                .map(event -> event.listener().text())
                .filter(acknowledged::contains)
                .sorted()
                .toList();
        assertEquals(List.copyOf(acknowledged), logged);
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Number of problems with a status of 500 or above, but for connections that were refused because of the lag. */
    private long status5xx() throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.matches("segue_responses_total\\{.*status=\"5.*"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
