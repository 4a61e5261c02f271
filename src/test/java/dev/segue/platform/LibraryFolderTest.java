package dev.segue.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LibraryFolderTest {

    private static final String REMEDY = "name another folder";

    @TempDir
    Path folder;

    @Test
    void usableFolderHasNoProblemAndStaysEmpty() throws IOException {
        assertEquals(Optional.empty(), LibraryFolder.problem(folder, 1, REMEDY));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void missingFolderIsReportedAndNotCreated() {
        Path missing = folder.resolve("missing");
        assertEquals("the folder " + missing + " does not exist; name another folder", problem(missing));
        assertFalse(Files.exists(missing));
    }

    @Test
    void fileInPlaceOfFolderIsReported() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(
                "the folder " + file.resolve("cache") + " cannot be created, since " + file
                        + " is a file; name another folder",
                problem(file.resolve("cache")));
    }

    @Test
    void insufficientSpaceIsReported() {
        String problem = LibraryFolder.problem(folder, Long.MAX_VALUE, REMEDY).orElseThrow();
        assertTrue(problem.startsWith("the folder " + folder + " has "), problem);
        assertTrue(problem.contains(" MB left, and the library takes "), problem);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void ownerOfUnwritableFolderIsReported() throws IOException {
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assumeFalse(Files.isWritable(closed), "the superuser writes everywhere");
        String owner = "the user " + System.getProperty("user.name") + "; " + closed + " belongs to "
                + Files.getOwner(closed).getName();
        assertTrue(problem(closed).startsWith("the folder " + closed + " cannot be written by " + owner));
        Path below = closed.resolve("below");
        assertTrue(problem(below).startsWith("the folder " + below + " cannot be created by " + owner));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noexecMountIsReported() throws Exception {
        assertProblemOfMount("noexec,size=1m", "is on a file system that is mounted noexec");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readOnlyMountIsReported() throws Exception {
        assertProblemOfMount("ro", "cannot be written (Read-only file system); name another folder");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDiskIsReported() throws Exception {
        assertProblemOfMount("nr_inodes=1", "cannot be written (No space left on device); name another folder");
    }

    private void assertProblemOfMount(String options, String problem) throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", "" + folder), "only root may mount");
        try {
            assertTrue(problem(folder).startsWith("the folder " + folder + " " + problem), problem(folder));
        } finally {
            assertTrue(run("umount", "" + folder));
        }
    }

    @Test
    void muslIsDetectedByMappedFiles() throws IOException {
        Path maps =
                Files.writeString(folder.resolve("maps"), "7f04 r-xp 00000000 08:01 1234  /lib/ld-musl-x86_64.so.1\n");
        assertTrue(LibraryFolder.isMusl(maps));
        Path others = Files.writeString(folder.resolve("others"), "7f04 r-xp 00000000 08:01 1234  /lib64/libc.so.6\n");
        assertFalse(LibraryFolder.isMusl(others));
        assertFalse(LibraryFolder.isMusl(folder.resolve("missing")));
    }

    private static String problem(Path folder) {
        return LibraryFolder.problem(folder, 1, REMEDY).orElseThrow();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
