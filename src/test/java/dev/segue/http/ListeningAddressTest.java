package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the address that the server reports. */
class ListeningAddressTest {

    @TempDir
    Path folder;

    @Test
    void ipv6AddressesHaveBrackets() throws Exception {
        assumeTrue(hasIpv6(), "this machine has no IPv6");
        try (TestServer server =
                TestServer.in(folder).with("server.host", "::1").start()) {
            assertTrue(server.uri().toString().matches("http://\\[::1]:[0-9]+/"), server.uri()::toString);
            assertEquals(200, server.get("/health/live").statusCode());

            String port = String.valueOf(server.uri().getPort());
            String refusal = String.valueOf(assertThrows(
                            StartException.class,
                            () -> TestServer.in(folder)
                                    .with("server.host", "::1")
                                    .with("server.port", port)
                                    .with(
                                            "DATA_LOG_FILE",
                                            folder.resolve("other/data.json").toString())
                                    .start())
                    .getMessage());
            assertTrue(refusal.startsWith("cannot listen on [::1]:" + port + " ("), refusal);
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
