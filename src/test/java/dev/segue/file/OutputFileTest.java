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
    void aLinkStaysAndTheFileItNamesIsWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest"), Path.of("file"));
        write(link, "new");
        assertEquals(Path.of("file"), Files.readSymbolicLink(link));
        assertFalse(Files.isSymbolicLink(file));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void aChainOfLinksThroughOtherFoldersIsFollowed() throws IOException {
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
    void aLinkToNothingGetsTheFileThatItNames() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("latest"), Path.of("not/yet/there"));
        write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(folder.resolve("not/yet/there")));
    }

    @Test
    void filesAreWrittenBehindLinksToFolders() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        write(link.resolve("file"), "in the folder");
        assertEquals("in the folder", Files.readString(real.resolve("file")));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("made"));
        write(dangling.resolve("file"), "in a new folder");
        assertEquals("in a new folder", Files.readString(folder.resolve("made/file")));
    }

    @Test
    void foldersAndCirclesOfLinksAreRefused() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertRefused(real, "a folder and no file");
        assertRefused(link, "a folder and no file");
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("back"));
        Files.createSymbolicLink(folder.resolve("back"), Path.of("circle"));
        assertRefused(circle, "links lead round in a circle");
        assertEquals(List.of("back", "circle", "link", "real"), names(folder));
    }

    @Test
    void aPipeIsWrittenToAndStays() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        for (Path named : List.of(pipe, link)) {
            var reader = CompletableFuture.supplyAsync(() -> read(pipe));
            write(named, "through the pipe");
            assertEquals("through the pipe", reader.get());
            assertTrue(Files.readAttributes(pipe, "isOther").containsValue(true), "a pipe still");
        }
    }

    @Test
    void devicesAreWrittenToAndTheirFailureIsReported() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));
        write(Path.of("/dev/null"), "lost, as it should be");
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
        assertRefused(Path.of("/dev/full"), "cannot write /dev/full (No space left on device)");
        assertTrue(Files.exists(Path.of("/dev/full"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aWriterOfJsonReportsAFullDeviceLikeAnyOther() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));
        var refusal = assertThrows(
                FileException.class, () -> TrackCatalogWriter.writeTopTracks(Path.of("/dev/full"), new int[100_000]));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("cannot write /dev/full (No space left"),
                refusal.getMessage());
    }

    @Test
    void whatFailsHalfWayLeavesTheOldContentAndNothingBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest"), file);
        var refusal = assertThrows(
                FileException.class,
                () -> OutputFile.write(link, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("the disk is full");
                }));
        assertTrue(String.valueOf(refusal.getMessage()).contains("(the disk is full)"), refusal.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("file", "latest"), names(folder));
    }

    @Test
    void aPrivateFileStaysPrivate() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        write(file, "new");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamedWithoutAClassOfJava() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        var refusal = assertThrows(FileException.class, () -> write(file.resolve("below"), ""));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("cannot write " + file.resolve("below")),
                refusal.getMessage());
        assertFalse(String.valueOf(refusal.getMessage()).contains("Exception"), refusal.getMessage());
    }

    private static void assertRefused(Path file, String reason) {
        var refusal = assertThrows(FileException.class, () -> write(file, "new"));
        assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.getMessage());
        assertFalse(String.valueOf(refusal.getMessage()).contains("Exception"), refusal.getMessage());
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
