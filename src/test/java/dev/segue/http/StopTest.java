package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends a server as a success, so that a supervisor does not start it again. */
@Timeout(600)
class StopTest {

    @TempDir
    Path folder;

    @SuppressWarnings("try") // the end of the process is waited for
    @Test
    void sigtermFlushesTheLogAndEndsWithCodeZero() throws Exception {
        try (ServeProcess server = ServeProcess.start(folder, List.of("-Xmx64m"));
                RawConnection client = new RawConnection(server.uri())) {
            client.send("GET /next_track?user=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(200, client.reply().status());
            server.stop();
            assertEquals(0, server.exitCode(), server.error());
        }
        assertTrue(Files.readString(folder.resolve("log/data.json")).endsWith("}\n"));
    }
}
