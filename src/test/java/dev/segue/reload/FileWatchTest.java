package dev.segue.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.file.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the files lead to one reload each. The tests look at the files in place of the watch's thread. */
class FileWatchTest {

    @TempDir
    Path folder;

    private int reloads;
    private boolean isBusy;

    @SuppressWarnings("NullAway.Init") // created before each test
    private FileWatch watch;

    @BeforeEach
    void create() throws IOException {
        write(track(1));
        Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks.json",
                 "recommenders": {"all": {"type": "random"}},
                 "experiments": [{"name": "E", "arms": {"C": "all"}, "serves": true}]}
                """);
        var files = new GenerationFiles(
                Configuration.load(folder.resolve("config.json"), Map.of(), Map.of()), Catalog::load);
        files.load();
        watch = new FileWatch(files, () -> reload(files));
    }

    private boolean reload(GenerationFiles files) {
        if (isBusy) {
            return false;
        }
        reloads++;
        try {
            files.load();
        } catch (FileException faulty) {
            return true; // begun, and failed
        }
        return true;
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void unchangedFilesAreNotReloaded() {
        assertReloads(0, 0, 0);
    }

    @Test
    void changedFilesAreReloadedOnceWhenTheyAreUnchangedForAnInterval() throws Exception {
        assertReloads(0, 0);
        write(track(1) + track(2));
        assertReloads(0, 1, 1, 1);
        write(track(1) + track(2) + track(3));
        assertReloads(1);
        write(track(1) + track(2) + track(3) + track(4));
        assertReloads(1, 2, 2);
    }

    @Test
    void faultyFilesAreNotTriedAgainUntilTheyChange() throws Exception {
        write("broken");
        assertReloads(0, 1, 1, 1);
        write(track(5));
        assertReloads(1, 2, 2);
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsNoticed() throws Exception {
        Path tracks = folder.resolve("tracks.json");
        var attributes = Files.readAttributes(tracks, BasicFileAttributes.class);
        assumeTrue(attributes.fileKey() != null, "the system has no inodes");
        FileTime time = attributes.lastModifiedTime();
        Path next = Files.writeString(folder.resolve("next.json"), track(2));
        Files.setLastModifiedTime(next, time);
        Files.move(next, tracks, StandardCopyOption.REPLACE_EXISTING);
        assertReloads(0, 1, 1);
    }

    @Test
    void changesDuringAnotherReloadAreReloadedAfterIt() throws Exception {
        write(track(1) + track(2));
        isBusy = true;
        assertReloads(0, 0, 0);
        isBusy = false;
        assertReloads(1, 1);
    }

    @Test
    void aMissingFileIsAChange() throws Exception {
        Files.delete(folder.resolve("tracks.json"));
        assertReloads(0, 1, 1);
    }

    /** Looks at the files as often as there are numbers: the reloads until then. */
    private void assertReloads(int... counts) {
        for (int count : counts) {
            watch.check();
            assertEquals(count, reloads);
        }
    }

    private void write(String tracks) throws IOException {
        Files.writeString(folder.resolve("tracks.json"), tracks);
    }

    private static String track(int id) {
        return "{\"track\":" + id + ",\"artist\":\"A\",\"title\":\"T\",\"recommendations\":[]}\n";
    }
}
