package dev.segue.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.catalog.TrackCatalogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class OutputFileTest {

    @TempDir
    Path folder;

    @Test
    void linkIsKeptAndItsTargetIsWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest"), Path.of("file"));
        write(link, "new");
        assertEquals(Path.of("file"), Files.readSymbolicLink(link));
        assertFalse(Files.isSymbolicLink(file));
        assertEquals("new", Files.readString(file));
    }

    /** A process that is killed at any time leaves the old file or the new one, both with this time. */
    @Test
    void aRewrittenFileHasItsTimeFromTheBeginning() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "old");
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(file, time);
        var rewriting = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 300; i++) {
                OutputFile.rewriteDurably(file, out -> out.write('n'));
            }
        });
        do {
            assertEquals(time, Files.getLastModifiedTime(file));
        } while (!rewriting.isDone());
        rewriting.get();
        assertEquals("n", Files.readString(file));
    }

    @Test
    void chainOfLinksIsFollowed() throws IOException {
        Path far = Files.createDirectories(folder.resolve("far/away"));
        Path file = Files.writeString(far.resolve("file"), "old");
        Files.createSymbolicLink(far.resolve("relative"), Path.of("../away/file"));
        Files.createSymbolicLink(folder.resolve("shortcut"), far);
        Path link = Files.createSymbolicLink(folder.resolve("latest"), Path.of("shortcut/relative"));
        write(link, "new");
        assertEquals("new", Files.readString(file));
        assertEquals(List.of("file", "relative"), names(far));
        assertEquals(List.of("far", "latest", "shortcut"), names(folder));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void danglingLinkGetsItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("latest"), Path.of("not/yet/there"));
        write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(folder.resolve("not/yet/there")));
    }

    @Test
    void linksToFoldersAreFollowed() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        write(link.resolve("file"), "in the folder");
        assertEquals("in the folder", Files.readString(real.resolve("file")));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("made"));
        write(dangling.resolve("file"), "in a new folder");
        assertEquals("in a new folder", Files.readString(folder.resolve("made/file")));
    }

    @Test
    void foldersAndLoopsOfLinksAreRejected() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertRejected(real, "a folder, not a file");
        assertRejected(link, "a folder, not a file");
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("back"));
        Files.createSymbolicLink(folder.resolve("back"), Path.of("circle"));
        assertRejected(circle, "links form a loop");
        assertEquals(List.of("back", "circle", "link", "real"), names(folder));
    }

    @Test
    void pipeIsWrittenToAndKept() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        for (Path named : List.of(pipe, link)) {
            var reader = CompletableFuture.supplyAsync(() -> read(pipe));
            write(named, "through the pipe");
            assertEquals("through the pipe", reader.get());
            assertTrue(Files.readAttributes(pipe, "isOther").containsValue(true), "still a pipe");
        }
    }

    @Test
    void deviceIsWrittenToAndItsFailureIsReported() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));
        write(Path.of("/dev/null"), "lost, as it should be");
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
        assertRejected(Path.of("/dev/full"), "cannot write /dev/full (No space left on device)");
        assertTrue(Files.exists(Path.of("/dev/full"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void jsonWriterReportsFullDevice() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));
        var exception = assertThrows(
                FileException.class, () -> TrackCatalogWriter.writeTopTracks(Path.of("/dev/full"), new int[100_000]));
        assertTrue(
                String.valueOf(exception.getMessage()).contains("cannot write /dev/full (No space left"),
                exception.getMessage());
    }

    @Test
    void failedWriteKeepsOldContentAndLeavesNoTemporaryFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest"), file);
        var exception = assertThrows(
                FileException.class,
                () -> OutputFile.write(link, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("the disk is full");
                }));
        assertTrue(String.valueOf(exception.getMessage()).contains("(the disk is full)"), exception.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("file", "latest"), names(folder));
    }

    @Test
    void privateFileStaysPrivate() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        write(file, "new");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void fileInPlaceOfFolderIsReportedWithoutClassName() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        var exception = assertThrows(FileException.class, () -> write(file.resolve("below"), ""));
        assertTrue(
                String.valueOf(exception.getMessage()).contains("cannot write " + file.resolve("below")),
                exception.getMessage());
        assertFalse(String.valueOf(exception.getMessage()).contains("Exception"), exception.getMessage());
    }

    private static void assertRejected(Path file, String reason) {
        var exception = assertThrows(FileException.class, () -> write(file, "new"));
        assertTrue(String.valueOf(exception.getMessage()).contains(reason), exception.getMessage());
        assertFalse(String.valueOf(exception.getMessage()).contains("Exception"), exception.getMessage());
    }

    private static void write(Path file, String content) {
        OutputFile.write(file, out -> out.write(content.getBytes(UTF_8)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
