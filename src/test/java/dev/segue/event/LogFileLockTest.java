package dev.segue.event;

import static dev.segue.event.TestEvents.errorMessage;
import static dev.segue.event.TestEvents.event;
import static dev.segue.event.TestEvents.line;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a log has one writer, whatever path it is opened by, and that other files are not changed. */
@Timeout(120)
class LogFileLockTest {

    private static final String IN_USE =
            " is in use by another process, perhaps by another name:" + " stop it or set DATA_LOG_FILE to another file";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("data.json");
    }

    @Test
    void logIsLockedThroughSymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("data.json"));
        try (EventLog log = EventLog.open(EventLogOptions.of(file))) {
            assertEquals(file + IN_USE, errorMessage(EventLogException.class, () -> open(link)));
            assertTrue(log.isWritable());
        }
        try (EventLog log = open(link)) {
            assertEquals(file.toRealPath(), log.file());
            assertEquals(file + IN_USE, errorMessage(EventLogException.class, () -> open(file)));
        }
    }

    @Test
    void logIsLockedThroughLinkToItsFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), Files.createDirectory(folder.resolve("real")));
        Path real = folder.resolve("real/data.json");
        try (EventLog log = open(link.resolve("data.json"))) {
            assertEquals(real, log.file());
            assertEquals(real + IN_USE, errorMessage(EventLogException.class, () -> open(real)));
        }
    }

    @Test
    void linkToMissingFileIsFollowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("new/data.json"));
        try (EventLog log = open(link)) {
            log.append(event(1, 1));
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(line(event(1, 1)), Files.readString(folder.resolve("new/data.json")));
    }

    @Test
    void loopOfLinksIsRejected() throws Exception {
        Path one = folder.resolve("one.json");
        Files.createSymbolicLink(folder.resolve("two.json"), Files.createSymbolicLink(one, Path.of("two.json")));
        assertEquals(
                one + " is a symbolic link in a loop: correct it",
                errorMessage(EventLogException.class, () -> open(one)));
    }

    @Test
    void logIsLockedThroughHardLink() throws Exception {
        try (EventLog log = open(file)) {
            Path link = Files.createLink(folder.resolve("hard.json"), file);
            assertEquals(link + IN_USE, errorMessage(EventLogException.class, () -> open(link)));
            assertTrue(log.isWritable());
        }
    }

    @Test
    void rotatedLogIsLockedThroughHardLinkToNewFile() throws Exception {
        try (EventLog log = EventLog.open(EventLogOptions.of(file).withRotation(1, null))) {
            for (int i = 1; i <= 3; i++) {
                TestAcknowledgement written = new TestAcknowledgement();
                log.whenWritten(log.append(event(1, i)), written);
                written.awaitDone();
            }
            Path link = Files.createLink(folder.resolve("hard.json"), file);
            assertEquals(link + IN_USE, errorMessage(EventLogException.class, () -> open(link)));
        }
    }

    /** On POSIX systems closing the reader releases the locks of this process; the log acquires them again. */
    @Test
    void logReadInItsOwnProcessStaysLocked() throws Exception {
        try (EventLog log = open(file)) {
            Path link = Files.createLink(folder.resolve("hard.json"), file);
            EventReader.open(file).close();
            String message;
            do {
                message = openInAnotherProcess(link);
            } while (message.isEmpty());
            assertEquals(link + IN_USE, message.strip());
            assertTrue(log.isWritable());
        }
        assertEquals("", openInAnotherProcess(file));
    }

    private static String openInAnotherProcess(Path file) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String message = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return message;
    }

    /** Opens and closes a log, or prints why it cannot be opened. */
    static final class Opener {

        private Opener() {}

        public static void main(String[] arguments) {
            try {
                EventLog.open(EventLogOptions.of(Path.of(arguments[0]))).close();
            } catch (EventLogException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dear diary",
                "dear diary\nno log\n",
                "{\"track\":0,\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[]}\n",
                "{\"track\":0,\"arti",
                "[{\"message\":\"last\",\"timestamp\":1,\"user\":1,\"track\":1,\"time\":1}]\n",
                "message,timestamp,user\nnext,1,1\n",
                "\0\0\0\0",
                "{\"message\":\"jump\",\"timestamp\":1,\"user\":1}\n{\"torn"
            })
    void fileThatIsNotALogIsRejectedAndUnchanged(String contents) throws IOException {
        Files.writeString(file, contents);
        String message = errorMessage(EventLogException.class, () -> open(file));
        assertTrue(message.startsWith(file + " is not an event log ("), message);
        assertTrue(
                message.endsWith("), so nothing is appended to it: move it away, or set DATA_LOG_FILE to another file"),
                message);
        assertEquals(contents, Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "no other file is left");
        }
    }

    @Test
    void gzippedLogIsRejectedAndUnchanged() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(line(event(1, 1)).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, bytes.toByteArray());
        String message = errorMessage(EventLogException.class, () -> open(file));
        assertTrue(message.startsWith(file + " is not an event log ("), message);
        assertArrayEquals(bytes.toByteArray(), Files.readAllBytes(file));
    }

    @Test
    void botifyLogIsContinued() throws IOException {
        String botify = "{\"message\": \"last\", \"timestamp\": 1746994263928, \"user\": 9637, \"track\": 1,"
                + " \"time\": 1.0, \"latency\": 0.001, \"recommendation\": null, \"experiments\": {\"E\": \"T1\"}}\n";
        Files.writeString(file, botify);
        try (EventLog log = open(file)) {
            log.append(event(1, 1));
        }
        assertEquals(botify + line(event(1, 1)), Files.readString(file));
    }

    private static EventLog open(Path file) {
        return EventLog.open(EventLogOptions.of(file));
    }
}
