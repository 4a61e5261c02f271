package dev.segue.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine cannot read the files that a server creates. */
class PrivateFilesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void requireModes() {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no modes of POSIX");
    }

    @Test
    void logsRotationsAndStateHaveTheMode0640() throws Exception {
        try (TestServer server = TestServer.in(folder)
                .with("STATE_FOLDER", folder.resolve("state").toString())
                .start()) {
            server.get("/next_track?user=1");
            server.get("/next_track?user=2");
            server.post("/feedback", "{\"user\":2,\"track\":1,\"feedback\":\"like\"}");
            server.send("DELETE", "/admin/tracks/1", "application/json", "");
            assertEquals(
                    200,
                    server.send("DELETE", "/admin/listeners/1", "application/json", "")
                            .statusCode());
            server.get("/next_track?user=3");
            Waiting.until("the log was rotated", () -> files("log").size() >= 3);
            Set<String> names = new TreeSet<>();
            for (Path file : Stream.of(files("log"), files("state"))
                    .flatMap(List::stream)
                    .toList()) {
                names.add(file.getFileName().toString().replaceAll("[0-9].*", "N"));
                assertPrivate(file);
            }
            assertTrue(names.size() >= 5, names::toString);
            assertTrue(names.containsAll(Set.of("data.json", ".data.json.lock")), names::toString);
        }
    }

    private static void assertPrivate(Path file) throws IOException {
        assertTrue(
                PosixFilePermissions.fromString("rw-r-----").containsAll(Files.getPosixFilePermissions(file)),
                () -> file + " can be read by others");
    }

    private List<Path> files(String name) {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.collect(Collectors.toList());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
