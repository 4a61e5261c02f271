package dev.segue.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes all files of a folder or none. */
class ProjectFolderTest {

    @TempDir
    private Path parent;

    private static void write(Path folder, boolean replace, String content) {
        ProjectFolder.of(folder, replace).write((name, out) -> out.write(content.getBytes(UTF_8)));
    }

    private static String failure(Path folder, boolean replace) {
        return String.valueOf(assertThrows(ImportException.class, () -> write(folder, replace, "x"))
                .getMessage());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aNewFolderAppearsAtOnce() throws IOException {
        Path folder = parent.resolve("deep/music");
        write(folder, false, "x");
        assertEquals(List.of("config.json", "log.jsonl.gz", "top_tracks.json", "tracks.json"), names(folder));
        assertEquals(List.of("music"), names(parent.resolve("deep")));
        assertEquals("x", Files.readString(folder.resolve("tracks.json")));
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        write(parent, false, "x");
        assertEquals(4, names(parent).size());
    }

    @Test
    void otherFoldersAreRefusedUnlessForced() throws IOException {
        Files.writeString(parent.resolve("mine.txt"), "mine");
        Files.writeString(parent.resolve("tracks.json"), "old");
        String message = failure(parent, false);
        assertTrue(message.contains("is not empty; name a new folder with --out, or replace tracks.json"), message);
        assertEquals(List.of("mine.txt", "tracks.json"), names(parent));
        write(parent, true, "x");
        assertEquals(5, names(parent).size());
        assertEquals("mine", Files.readString(parent.resolve("mine.txt")));
        assertEquals("x", Files.readString(parent.resolve("tracks.json")));
    }

    @Test
    void aFileIsNotAFolder() throws IOException {
        Path file = Files.writeString(parent.resolve("music"), "x");
        String message = assertThrows(ImportException.class, () -> write(file, true, "x"))
                .getMessage();
        assertEquals(file + " is a file; name a folder with --out", message);
    }

    @Test
    void afterAFailureTheFolderIsAsItWas() throws IOException {
        Files.writeString(parent.resolve("tracks.json"), "old");
        var folder = ProjectFolder.of(parent, true);
        assertThrows(
                ImportException.class,
                () -> folder.write((name, out) -> {
                    if (name.equals(ProjectFolder.TOP_TRACKS)) {
                        throw new IOException("disk full");
                    }
                }));
        assertEquals(List.of("tracks.json"), names(parent));
        assertEquals("old", Files.readString(parent.resolve("tracks.json")));
    }

    @Test
    void aFailureOfTheCompressedStreamIsThrown() {
        var out = new BackgroundGzip(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("disk full");
            }
        });
        var failure = assertThrows(IOException.class, () -> {
            try (out) {
                out.write(new byte[10_000_000]);
            }
        });
        assertEquals("disk full", failure.getMessage());
    }

    @Test
    void theCompressedStreamIsComplete() throws IOException {
        byte[] content = "0123456789".repeat(50_000).getBytes(UTF_8);
        var bytes = new ByteArrayOutputStream();
        try (var out = new BackgroundGzip(bytes)) {
            out.write(content, 0, 7);
            out.write(content, 7, content.length - 7);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(new String(content, UTF_8), new String(in.readAllBytes(), UTF_8));
        }
    }
}
