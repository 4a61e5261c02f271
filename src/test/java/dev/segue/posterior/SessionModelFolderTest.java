package dev.segue.posterior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.file.FileException;
import dev.segue.id.ListenerId;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionModelFolderTest {

    private static final SessionModel MODEL = ToySessions.model();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        SessionModelFolder.write(folder, MODEL, ToySessions.rows(), ToySessions.listeners(), Map.of("by", "a test"));
    }

    @Test
    void readsAWrittenModel() {
        SessionModelFolder read = SessionModelFolder.read(folder);
        assertEquals(ToySessions.listeners(), read.listeners());
        assertEquals(MODEL.constants(), read.model().constants());
        assertClose(MODEL.tracks().means(), read.model().tracks().means());
        assertClose(MODEL.tracks().covariances(), read.model().tracks().covariances());
        assertClose(MODEL.contexts().means(), read.model().contexts().means());
        assertClose(MODEL.contexts().covariances(), read.model().contexts().covariances());
        assertClose(MODEL.listeners().covariances(), read.model().listeners().covariances());
        assertClose(
                MODEL.unitVectors().covariances(), read.model().unitVectors().covariances());
        assertArrayEquals(MODEL.units().firsts(0), read.model().units().firsts(0));
        assertEquals("{\"by\":\"a test\"}", String.valueOf(read.training()));
    }

    /** Asserts equality up to 11 binary digits. */
    private static void assertClose(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], Math.abs(expected[i]) / 2048, "at " + i);
        }
    }

    @Test
    void rewritingAReadModelKeepsTheFingerprint() {
        SessionModelFolder read = SessionModelFolder.read(folder);
        Path copy = folder.resolve("copy");
        SessionModelFolder.write(copy, read.model(), read.tracks(), read.listeners(), read.training());
        assertEquals(read.fingerprint(), SessionModelFolder.read(copy).fingerprint());
    }

    @Test
    void stringIdsOfListenersStayStrings() {
        List<ListenerId> listeners = new ArrayList<>(ToySessions.listeners());
        listeners.set(1, ListenerId.ofString("003"));
        SessionModelFolder.write(folder, MODEL, ToySessions.rows(), listeners, null);
        assertEquals("003", SessionModelFolder.read(folder).listeners().get(1).text());
    }

    @Test
    void readsGzippedFiles() throws IOException {
        String before = SessionModelFolder.read(folder).fingerprint();
        Path plain = folder.resolve("track_covariance.npy");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(plain + ".gz")))) {
            Files.copy(plain, out);
        }
        Files.delete(plain);
        assertEquals(before, SessionModelFolder.read(folder).fingerprint());
    }

    @Test
    void aChangedValueChangesTheFingerprint() {
        String before = SessionModelFolder.read(folder).fingerprint();
        FloatMatrix tracks = NpyFile.readFloats(folder.resolve("track.npy"));
        tracks.set(3, 1, tracks.get(3, 1) + 0.5f);
        NpyFile.write(folder.resolve("track.npy"), tracks);
        assertNotEquals(before, SessionModelFolder.read(folder).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "track.npy",
                "track_covariance.npy",
                "track_artist.npy",
                "artist.npy",
                "context.npy",
                "artist_context.npy",
                "listener.npy",
                "listeners.json",
                "unit.npy",
                "unit_covariance.npy",
                "unit_sessions.npy",
                "unit_first.npy"
            })
    void aMissingFileIsNamed(String file) throws IOException {
        Files.delete(folder.resolve(file));
        assertRejected(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"track_covariance.npy", "context.npy", "artist_context.npy", "unit_covariance.npy"})
    void aMatrixOfAnotherSizeIsRejected(String file) {
        FloatMatrix matrix = NpyFile.readFloats(folder.resolve(file));
        NpyFile.write(folder.resolve(file), FloatMatrix.zeros(matrix.rows() - 1, matrix.columns()));
        assertRejected("the size of " + file + " does not match the other files); train it again");
        NpyFile.write(folder.resolve(file), FloatMatrix.zeros(matrix.rows(), matrix.columns() + 1));
        assertRejected("the size of " + file + " does not match the other files); train it again");
    }

    @Test
    void unknownListenersOfUnitsAreRejected() {
        IntMatrix sessions = NpyFile.readInts(folder.resolve("unit_sessions.npy"));
        sessions.set(0, 0, ToySessions.LISTENERS);
        NpyFile.write(folder.resolve("unit_sessions.npy"), sessions);
        assertRejected("unit_sessions.npy");
    }

    @Test
    void valuesThatAreNotFiniteAreRejected() {
        FloatMatrix tracks = NpyFile.readFloats(folder.resolve("track.npy"));
        tracks.set(0, 0, Float.NaN);
        NpyFile.write(folder.resolve("track.npy"), tracks);
        assertRejected("track.npy contains a value that is not a finite number");
    }

    @Test
    void aFolderWithoutADescriptionHasNoModel() throws IOException {
        Files.delete(folder.resolve("model.json"));
        assertRejected("holds no model (model.json); segue train --model session makes one");
        assertFalse(SessionModelFolder.isModel(folder));
    }

    @Test
    void aModelOfAnotherKindIsRejected() throws IOException {
        Files.writeString(folder.resolve("model.json"), "{\"format\": 1, \"settings\": {\"type\": \"new\"}}");
        assertRejected("holds a model of another kind; segue train --model session makes one");
    }

    @Test
    void aDescriptionThatIsNotJsonIsRejected() throws IOException {
        Files.writeString(folder.resolve("model.json"), "{\"format\": 1");
        assertRejected("holds a model of another kind");
    }

    private void assertRejected(String message) {
        var failure = assertThrows(FileException.class, () -> SessionModelFolder.read(folder));
        assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
    }
}
