package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.segue.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Reloads without a request: by SIGHUP, and when files change. */
@Timeout(120)
class UnattendedReloadTest extends WithServer {

    private String before = "";

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no SIGHUP
    void hangupReloadsUnderTheSameGuardAsARequest() throws Exception {
        assumeFalse(isHangupIgnored(), "the tests run under nohup");
        start();
        server.server().reloadOnHangup();
        replace("top.json", "[4]");
        hangUp();
        awaitOutcome("refused");
        assertEquals(before, server.server().generation());
        replace("top.json", "[5,4]");
        hangUp();
        awaitOutcome("done");
        assertCause("signal");
    }

    @Test
    void changedFilesAreReloadedUnderTheSameGuardAsARequest() throws Exception {
        server.with("reload.watch_seconds", "1");
        start();
        replace("top.json", "[4]");
        awaitOutcome("refused");
        assertEquals(before, server.server().generation());
        replace("top.json", "[5,4]");
        awaitOutcome("done");
        assertCause("watch");
        String metrics = server.get("/metrics").body();
        assertTrue(metrics.contains("segue_catalog_reloads_total{outcome=\"refused\"} 1"), "refused once: " + metrics);
    }

    private void start() {
        server.start();
        before = server.server().generation();
    }

    private void replace(String name, String content) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), content);
        Files.move(next, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether this process was started with SIGHUP ignored; Java then keeps ignoring it. */
    private static boolean isHangupIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                && Files.readAllLines(status).stream().anyMatch(line -> line.matches("SigIgn:\\s*[0-9a-f]*[13579bdf]"));
    }

    private static void hangUp() throws Exception {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertEquals(0, new ProcessBuilder("kill", "-HUP", pid).start().waitFor());
    }

    private void awaitOutcome(String outcome) {
        String counter = "segue_catalog_reloads_total{outcome=\"" + outcome + "\"} 1";
        Waiting.until(
                "a reload is " + outcome, () -> server.get("/metrics").body().contains(counter));
    }

    private void assertCause(String cause) throws Exception {
        assertEquals(
                cause,
                server.getJson("/admin/generations")
                        .get("generations")
                        .get(0)
                        .get("cause")
                        .asString());
    }
}
