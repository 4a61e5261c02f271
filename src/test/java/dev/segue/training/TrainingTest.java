package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.embedding.Context;
import dev.segue.embedding.EmbeddingModel;
import dev.segue.embedding.ModelType;
import dev.segue.embedding.ServedModel;
import dev.segue.file.FileException;
import dev.segue.file.OutputFile;
import dev.segue.id.ListenerId;
import dev.segue.id.TrackRows;
import dev.segue.matrix.FloatMatrix;
import dev.segue.random.KeyedRandom;
import dev.segue.training.History.Epoch;
import dev.segue.training.TrainingSettings.Decay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {

    private static final int TRACKS = 30;
    private static final TrainingRows ROWS = rows();

    @TempDir
    private Path folder;

    /** The time is higher for tracks of the context's kind (modulo 3) and for tracks of the listener's parity. */
    private static TrainingRows rows() {
        var rows = new TrainingRows();
        var random = new KeyedRandom(1, 2, 3, 4);
        for (int session = 0; session < 1500; session++) {
            int listener = random.nextInt(20);
            int context = random.nextInt(TRACKS);
            for (int i = 0; i < 8; i++) {
                int track = random.nextInt(TRACKS);
                double time = (track % 3 == context % 3 ? 0.6 : 0.1) + (track % 2 == listener % 2 ? 0.3 : 0);
                rows.add(ListenerId.of(listener), context, track, time);
            }
            rows.endSession();
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"CONTEXTUAL, LAZY, 0.7", "CONTEXTUAL, DENSE, 0.7", "NEW, LAZY, 0.95", "NEW, DENSE, 0.95"})
    void bothModelsAreBetterThanTheMeanAndRandomTimes(ModelType type, Decay decay, double explained) {
        ModelFolder trained = train(settings(type, decay, 60), folder);
        ModelDescription.Metrics metrics = trained.description().metrics();
        assertTrue(metrics.explained() > explained, metrics + " explains " + metrics.explained());
        assertTrue(metrics.meanMse() < metrics.randomMse());
        assertEquals(2 * metrics.meanMse(), metrics.randomMse(), 0.1 * metrics.meanMse());
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameEmbeddings(ModelType type) {
        EmbeddingModel first =
                train(settings(type, Decay.LAZY, 3), folder.resolve("a")).model();
        EmbeddingModel second =
                train(settings(type, Decay.LAZY, 3), folder.resolve("b")).model();
        assertSame(first, second);
    }

    private static void assertSame(EmbeddingModel first, EmbeddingModel second) {
        assertArrayEquals(first.contexts().values(), second.contexts().values());
        assertArrayEquals(first.tracks().values(), second.tracks().values());
        if (first.listeners() != null && first.linear() != null) {
            assertArrayEquals(first.listeners().values(), values(second.listeners()));
            assertArrayEquals(first.linear().values(), values(second.linear()));
        }
    }

    private static float[] values(@Nullable FloatMatrix matrix) {
        return matrix == null ? new float[0] : matrix.values();
    }

    @ParameterizedTest
    @CsvSource({"CONTEXTUAL, LAZY", "NEW, LAZY", "NEW, DENSE"})
    void aResumedTrainingHasTheSameResult(ModelType type, Decay decay) {
        TrainingSettings settings = settings(type, decay, 6);
        ModelFolder whole = train(settings, folder.resolve("whole"));
        Path interrupted = folder.resolve("interrupted");
        assertTrue(training(settings, interrupted).run(new CountDown(3)::isOver).isEmpty());
        assertFalse(ServedModel.isModel(interrupted));
        ModelFolder resumed = train(settings, interrupted);
        assertSame(whole.model(), resumed.model());
        assertEquals(
                whole.description().epochs().stream().map(Epoch::validation).toList(),
                resumed.description().epochs().stream().map(Epoch::validation).toList());
    }

    @Test
    void anIncompleteCheckpointIsIgnored() throws IOException {
        TrainingSettings settings = settings(ModelType.NEW, Decay.LAZY, 4);
        training(settings, folder).run(new CountDown(2)::isOver);
        Files.createDirectory(folder.resolve("checkpoint-000003.tmp"));
        Files.writeString(folder.resolve("checkpoint-000003.tmp/track.npy"), "half of");
        assertSame(
                train(settings, folder.resolve("whole")).model(),
                train(settings, folder).model());
    }

    @Test
    void theModelHasTheWeightsOfTheBestEpoch() {
        var noise = new TrainingRows();
        var random = new KeyedRandom(5, 6, 7, 8);
        for (int session = 0; session < 600; session++) {
            noise.add(ListenerId.of(1), random.nextInt(TRACKS), random.nextInt(TRACKS), random.nextDouble());
            noise.endSession();
        }
        ModelFolder longer = train(noise, settings(ModelType.CONTEXTUAL, Decay.LAZY, 40), folder.resolve("longer"));
        int best = longer.description().bestEpoch();
        assertEquals(best + 5, longer.description().epochs().size(), "training continues for the patience");
        ModelFolder upTo = train(noise, settings(ModelType.CONTEXTUAL, Decay.LAZY, best), folder.resolve("upTo"));
        assertSame(upTo.model(), longer.model());
    }

    @Test
    void embeddingsWithoutTrainingRowsAreZero() {
        ModelFolder trained = new Training(
                        ROWS,
                        TrackRows.identity(TRACKS + 2),
                        track -> track,
                        settings(ModelType.NEW, Decay.LAZY, 1),
                        folder,
                        1,
                        new SilentWatcher())
                .run(() -> false)
                .orElseThrow();
        assertEquals(0, trained.contextCounts().get(TRACKS, 0));
        for (FloatMatrix table :
                List.of(trained.model().contexts(), trained.model().tracks())) {
            assertArrayEquals(new float[table.columns()], row(table, TRACKS));
            assertArrayEquals(new float[table.columns()], row(table, TRACKS + 1));
            assertNotEquals(0, row(table, TRACKS - 1)[0]);
        }
    }

    private static float[] row(FloatMatrix table, int row) {
        return Arrays.copyOfRange(table.values(), row * table.columns(), (row + 1) * table.columns());
    }

    @Test
    void readsGzippedFiles() throws IOException {
        ModelFolder written = train(settings(ModelType.NEW, Decay.LAZY, 2), folder);
        for (String name : List.of("context.npy", "track_count.npy", "listeners.json")) {
            Path file = folder.resolve(name);
            byte[] content = Files.readAllBytes(file);
            OutputFile.write(folder.resolve(name + ".gz"), out -> out.write(content));
            Files.delete(file);
        }
        ModelFolder read = ModelFolder.read(folder);
        assertSame(written.model(), read.model());
        assertEquals(written.listeners(), read.listeners());
    }

    @Test
    void readsAWrittenModel() throws IOException {
        ModelFolder written = train(settings(ModelType.NEW, Decay.LAZY, 2), folder);
        ModelFolder read = ModelFolder.read(folder);
        assertSame(written.model(), read.model());
        assertEquals(written.description(), read.description());
        assertEquals(written.listeners(), read.listeners());
        assertArrayEquals(written.contextCounts().values(), read.contextCounts().values());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(
                            "context.npy",
                            "context_count.npy",
                            "linear.npy",
                            "listener.npy",
                            "listeners.json",
                            "loss.png",
                            "model.json",
                            "track.npy",
                            "track_count.npy"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void countsAreOfTheTrainingRows() {
        ModelFolder trained = train(settings(ModelType.CONTEXTUAL, Decay.LAZY, 1), folder);
        int rows = trained.description().data().trainingRows();
        assertEquals(rows, sum(trained.contextCounts().values()));
        assertEquals(rows, sum(trained.trackCounts().values()));
    }

    private static int sum(int[] values) {
        return Arrays.stream(values).sum();
    }

    @Test
    void aFolderWithAModelIsRejected() {
        TrainingSettings settings = settings(ModelType.CONTEXTUAL, Decay.LAZY, 1);
        train(settings, folder);
        assertRejected("holds a model already", () -> train(settings, folder));
        ModelFolder.remove(folder);
        train(settings, folder);
    }

    @Test
    void theCheckpointOfAnotherTrainingIsRejected() {
        training(settings(ModelType.NEW, Decay.LAZY, 5), folder).run(new CountDown(2)::isOver);
        assertRejected("other settings", () -> train(settings(ModelType.NEW, Decay.DENSE, 5), folder));
        var other = new TrainingRows();
        for (int session = 0; session < 100; session++) {
            other.add(ListenerId.of(1), 0, 1, 0.5);
            other.endSession();
        }
        assertRejected(
                "other data",
                () -> new Training(
                                other,
                                TrackRows.identity(TRACKS),
                                track -> track,
                                settings(ModelType.NEW, Decay.LAZY, 5),
                                folder,
                                1,
                                new SilentWatcher())
                        .run(() -> false));
    }

    @Test
    void anInfiniteLossIsAnError() {
        var highLearningRate = new TrainingSettings(
                ModelType.CONTEXTUAL, Context.FIRST, 8, 0.1, 9.9, 0, Decay.LAZY, 64, 50, 50, 50, 1);
        var huge = new TrainingRows();
        for (int session = 0; session < 500; session++) {
            huge.add(ListenerId.of(1), session % TRACKS, (session + 1) % TRACKS, 1e38);
            huge.endSession();
        }
        assertRejected(
                "the loss is not a finite number in epoch",
                () -> new Training(
                                huge,
                                TrackRows.identity(TRACKS),
                                track -> track,
                                highLearningRate,
                                folder,
                                1,
                                new SilentWatcher())
                        .run(() -> false));
    }

    @Test
    void ifACheckpointCannotBeWrittenThePreviousOneIsKept() throws IOException {
        TrainingSettings settings = settings(ModelType.NEW, Decay.LAZY, 5);
        Path blocked = folder.resolve("model");
        training(settings, blocked).run(new CountDown(2)::isOver);
        Files.move(blocked, folder.resolve("kept"));
        Files.writeString(blocked, "a file where the folder should be");
        assertRejected("the checkpoint of epoch 1 cannot be written", () -> train(settings, blocked));
        assertEquals(
                2,
                Checkpoint.last(folder.resolve("kept"))
                        .orElseThrow()
                        .history()
                        .epochs()
                        .size());
    }

    @Test
    void damagedModelsAreRejected() throws IOException {
        train(settings(ModelType.NEW, Decay.LAZY, 1), folder);
        Files.writeString(folder.resolve("listeners.json"), "1\n");
        assertTrue(message(FileException.class, () -> ModelFolder.read(folder))
                .contains("sizes of the files do not match"));
        Files.writeString(folder.resolve("model.json"), "{");
        assertTrue(message(FileException.class, () -> ModelFolder.read(folder)).contains("damaged model"));
        Files.delete(folder.resolve("model.json"));
        assertTrue(message(FileException.class, () -> ModelFolder.read(folder)).contains("holds no model"));
    }

    private static String message(Class<? extends Throwable> kind, Executable call) {
        return String.valueOf(assertThrows(kind, call).getMessage());
    }

    private static void assertRejected(String expected, Executable call) {
        String message = message(TrainingException.class, call);
        assertTrue(message.contains(expected), message);
    }

    private static TrainingSettings settings(ModelType type, Decay decay, int epochs) {
        return new TrainingSettings(type, Context.FIRST, 8, 0.1, 0.02, 1e-5, decay, 256, epochs, 5, 3, 1);
    }

    private static ModelFolder train(TrainingSettings settings, Path folder) {
        return train(ROWS, settings, folder);
    }

    private static ModelFolder train(TrainingRows rows, TrainingSettings settings, Path folder) {
        return new Training(rows, TrackRows.identity(TRACKS), track -> track, settings, folder, 1, new SilentWatcher())
                .run(() -> false)
                .orElseThrow();
    }

    private static Training training(TrainingSettings settings, Path folder) {
        return new Training(ROWS, TrackRows.identity(TRACKS), track -> track, settings, folder, 1, new SilentWatcher());
    }

    /** Returns true at the call after {@code calls} calls. */
    private static final class CountDown {
        private int calls;

        CountDown(int calls) {
            this.calls = calls;
        }

        boolean isOver() {
            return calls-- == 0;
        }
    }

    private static final class SilentWatcher implements Training.Watcher {
        @Override
        public void row(int epoch, long row, long of) {}

        @Override
        public void epoch(Epoch epoch) {}

        @Override
        public void warning(String message) {}
    }
}
