package dev.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigCommandTest {

    private static final String TRACK = "{\"track\":1,\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[2]}\n";
    private static final String TRACKS =
            TRACK + TRACK.replace("1", "3").replace("2", "1").replace("3", "2");

    @TempDir
    private Path folder;

    private final CommandRun run = new CommandRun();

    private int check(String config, String... others) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), config.replace('\'', '"'));
        return run.of(List.of("check-config", "--config", file.toString()), others);
    }

    @Test
    void aRightConfigurationIsSummed() throws IOException {
        Files.writeString(folder.resolve("tracks.json"), TRACKS);
        assertEquals(0, check("{'TRACKS_CATALOG': 'tracks.json'}"), run.errors::toString);
        assertEquals(
                "2 tracks, 2 of them with neighbours; 5 recommenders; experiment NEXT_TRACK serves\n",
                run.output.toString());
        assertEquals("", run.errors.toString());
        assertFalse(Files.exists(folder.resolve("log")), "nothing is created");
        assertFalse(Files.exists(folder.resolve("state")), "nothing is created");
    }

    @Test
    void allMistakesArePrinted() throws IOException {
        assertEquals(1, check("{'server': {'port': 'x'}}", "--port", "70000"));
        List<String> lines = run.errors.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("config.json: TRACKS_CATALOG: missing;"), run.errors.toString());
        assertTrue(lines.get(1).startsWith("flag server.port: "), run.errors.toString());
        assertTrue(run.errors.toString().endsWith("2 mistakes\n"), run.errors.toString());
    }

    @Test
    void theFilesAreChecked() throws IOException {
        Files.writeString(folder.resolve("tracks.json"), TRACK + "{\"track\":");
        Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve("state/feedback.jsonl"), "{\"user\":1}\n");
        assertEquals(1, check("{'TRACKS_CATALOG': 'tracks.json', 'STATE_FOLDER': 'state'}"));
        assertTrue(run.errors.toString().contains("tracks.json:2"), run.errors.toString());
        assertTrue(run.errors.toString().contains("feedback.jsonl:1"), run.errors.toString());
        assertTrue(run.errors.toString().endsWith("2 mistakes\n"), run.errors.toString());
    }

    @Test
    void theCertificateIsChecked() throws IOException {
        Files.writeString(folder.resolve("tracks.json"), TRACKS);
        Files.writeString(folder.resolve("cert.pem"), "no certificate");
        Files.writeString(folder.resolve("key.pem"), "no key");
        String config = "{'TRACKS_CATALOG': 'tracks.json', 'tls': {'certificate': 'cert.pem', 'key': 'key.pem'}}";
        assertEquals(1, check(config));
        assertTrue(run.errors.toString().startsWith("cannot use the certificate: "), run.errors.toString());
        assertTrue(run.errors.toString().contains("cert.pem"), run.errors.toString());
        assertTrue(run.errors.toString().endsWith("1 mistake\n"), run.errors.toString());
    }
}
