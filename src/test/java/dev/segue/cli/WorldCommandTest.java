package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldCommandTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void printsTheWrittenFiles() {
        assertEquals(0, world("--tracks", "200", "--users", "10", "--out", directory.toString()));
        assertEquals("", errors.toString());
        String text = output.toString();
        for (String name : new String[] {
            "tracks.json",
            "users.json",
            "tracks.npy",
            "top_tracks.json",
            "recommendations.json",
            "tracks_with_recs.json",
            "RecSystracks_with_recs.json"
        }) {
            assertTrue(Files.exists(directory.resolve(name)), name);
            assertTrue(text.contains(directory.resolve(name).toString()), text);
        }
        assertTrue(text.contains("200 tracks by "), text);
        assertEquals(8, text.lines().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tracks 99",
                "--tracks many",
                "--users 0",
                "--tracks 100 --neighbours 100",
                "--neighbours 0",
                "--popularity-weight NaN",
                "--unknown 1"
            })
    void wrongArgumentsAreReportedInOneLine(String arguments) {
        assertEquals(2, world((arguments + " --out " + directory.resolve("never")).split(" ")));
        assertOneLine();
        assertTrue(Files.notExists(directory.resolve("never")));
    }

    @Test
    void unwritableDirectoryIsReportedInOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertEquals(1, world("--tracks", "100", "--users", "1", "--out", file.toString()));
        assertOneLine();
        assertTrue(errors.toString().contains(file.toString()), errors.toString());
    }

    private int world(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "world";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Segue.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(all);
    }

    private void assertOneLine() {
        assertEquals("", output.toString());
        assertEquals(1, errors.toString().lines().count(), errors.toString());
        assertTrue(errors.toString().startsWith("segue world: "), errors.toString());
    }
}
