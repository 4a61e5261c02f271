package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.event.EventLogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors at the start name the place and the remedy and leave no lock. */
class StartRefusalTest {

    @TempDir
    Path folder;

    @Test
    void portsInUseAreReported(@TempDir Path other) throws Exception {
        try (TestServer first = TestServer.in(other).start()) {
            String port = String.valueOf(first.uri().getPort());
            String refusal = refusal(TestServer.in(folder).with("server.port", port), StartException.class);
            assertTrue(refusal.startsWith("cannot listen on 127.0.0.1:" + port + " ("), refusal);
            assertTrue(refusal.endsWith("): stop what uses the port or choose another with --port"), refusal);
        }
        TestServer.in(folder).start().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.health_port", "admin.port"})
    void furtherPortsInUseAreReportedWithTheirSetting(String setting, @TempDir Path other) throws Exception {
        try (TestServer first = TestServer.in(other).start()) {
            String port = String.valueOf(first.uri().getPort());
            String refusal = refusal(TestServer.in(folder).with(setting, port), StartException.class);
            assertTrue(refusal.startsWith("cannot listen on 127.0.0.1:" + port + " ("), refusal);
            assertTrue(refusal.endsWith("): stop what uses the port or choose another with " + setting), refusal);
        }
        TestServer.in(folder).with(setting, "0").start().close();
    }

    @Test
    void anAddressOfAnotherMachineForAdministrationIsReportedWithItsSetting() throws Exception {
        String refusal = refusal(
                TestServer.in(folder).with("admin.port", "0").with("admin.host", "192.0.2.1"), StartException.class);
        assertEquals(
                "cannot listen on 192.0.2.1:0: 192.0.2.1 is no address of this machine; choose another with admin.host, such as"
                        + " 127.0.0.1, or 0.0.0.0 for all",
                refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no such host", "127.0.0.1:80"})
    void hostsOfOtherMachinesAreReported(String host) throws Exception {
        String refusal = refusal(TestServer.in(folder).with("server.host", host), StartException.class);
        assertEquals(
                "cannot listen on " + host + ":0: " + host + " is no address of this machine; choose another with"
                        + " --host, such as 127.0.0.1, or 0.0.0.0 for all",
                refusal);
        TestServer.in(folder).start().close();
    }

    @Test
    void invalidLogLinesAreReportedWithTheRemedy() throws Exception {
        Path log = folder.resolve("log/data.json");
        try (TestServer server = TestServer.in(folder).start()) {
            server.get("/next_track?user=1");
        }
        String line = Files.readString(log);
        Files.write(log, List.of(line.trim(), line.trim().replace("\"seq\":1", "\"seq\":4294967296"), line.trim()));

        assertEquals(
                log
                        + ":2: \"seq\" must be an integer from 0 to 2147483647 (byte 172); at its start a server reads its log for the"
                        + " listeners' histories: correct that line, or move the file away",
                refusal(TestServer.in(folder), EventLogException.class));

        Files.move(log, folder.resolve("log/bad.json"));
        TestServer.in(folder).start().close();
    }

    private static String refusal(TestServer server, Class<? extends RuntimeException> kind) {
        return String.valueOf(assertThrows(kind, server::start).getMessage());
    }
}
