package dev.segue.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.embedding.ServedModel;
import dev.segue.event.EventLogs;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.posterior.FitSettings;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.posterior.SessionTraining;
import dev.segue.posterior.ToySessions;
import dev.segue.training.SessionModelTraining.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionModelTrainingTest {

    private static final FitSettings SETTINGS = FitSettings.of(3, 1);

    @TempDir
    private Path folder;

    /** Sessions from a log. The played shares depend on the kinds of the track and of the first track, or are random. */
    private ListeningSessions.Result sessions(int count, boolean randomShares) throws IOException {
        var log = new StringBuilder();
        var random = new Random(5);
        for (int session = 0; session < count; session++) {
            int first = random.nextInt(ToySessions.TRACKS);
            log.append(line(session, first, 1, 1));
            for (int i = 1; i < 6; i++) {
                int track = random.nextInt(ToySessions.TRACKS);
                boolean liked = ToySessions.isEven(track) == ToySessions.isEven(first);
                log.append(line(session, track, randomShares ? random.nextDouble() : liked ? 0.9 : 0.1, i + 1));
            }
        }
        Path file = Files.writeString(folder.resolve("log.json"), log);
        Path tracks = folder.resolve("tracks.json");
        var catalog = new StringBuilder();
        for (int track = 0; track < ToySessions.TRACKS; track++) {
            catalog.append(String.format(
                    Locale.ROOT,
                    "{\"track\":%d,\"artist\":\"%d\",\"title\":\"t\"}%n",
                    track,
                    ToySessions.artist(track)));
        }
        Files.writeString(tracks, catalog);
        Tracks catalogTracks = Catalog.load(CatalogFiles.of(tracks)).tracks();
        try (var reader =
                new SessionReader(EventLogs.find(List.of(file.toString())).open(), SessionRule.DEFAULT)) {
            return new ListeningSessions(catalogTracks, 1).read(reader, read -> {});
        }
    }

    private static String line(int session, int track, double time, int sequence) {
        return String.format(
                Locale.ROOT,
                "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":%d,\"time\":%.3f,\"latency\":0.001,"
                        + "\"recommendation\":%s,\"experiments\":{},\"v\":1,\"session\":%d,\"seq\":%d}%n",
                sequence == 6 ? "last" : "next",
                1_700_000_000_000L + 1000L * (10 * session + sequence),
                session % 20,
                track,
                time,
                sequence == 6 ? "null" : "1",
                1 + session / 20,
                sequence);
    }

    private Trained train(ListeningSessions.Result sessions, String name) {
        return new SessionModelTraining(sessions, SETTINGS, folder.resolve(name), (stage, sweep) -> {})
                .run(() -> false)
                .orElseThrow();
    }

    @Test
    void aModelOfSessionsWithTastesIsBetterThanTheMean() throws IOException {
        Trained trained = train(sessions(600, false), "model");
        Verdict verdict = trained.summary().verdict();
        assertTrue(verdict.betterThanMean() && verdict.betterThanTrackMeans(), verdict.toString());
        assertTrue(
                trained.summary().mse() < 0.2 * verdict.mean().mse(),
                trained.summary().toString());
        assertEquals(600, trained.summary().sessions() + trained.summary().heldOutSessions());
        String written =
                String.valueOf(SessionModelFolder.read(folder.resolve("model")).training());
        assertTrue(written.contains("\"betterThanMean\":true"), written);
    }

    @Test
    void aModelOfRandomSharesIsNotBetterThanTheMean() throws IOException {
        Verdict verdict = train(sessions(300, true), "model").summary().verdict();
        assertFalse(verdict.betterThanMean(), verdict.toString());
    }

    /** Each of the first three runs completes a stage and is stopped in the next one. */
    @Test
    void aResumedTrainingHasTheSameResult() throws IOException {
        ListeningSessions.Result sessions = sessions(300, false);
        Trained whole = train(sessions, "whole");
        Path parts = folder.resolve("parts");
        int stages = SessionTraining.stages();
        for (int stage = 1; stage < stages; stage++) {
            int sweeps = SessionTraining.sweeps(stage) + 2;
            var swept = new ArrayList<Integer>();
            var stopped = new SessionModelTraining(sessions, SETTINGS, parts, (of, sweep) -> swept.add(of));
            assertTrue(stopped.run(() -> swept.size() == sweeps).isEmpty());
            assertEquals(List.of(stage, stage + 1), swept.stream().distinct().toList());
            assertEquals(List.of(String.format(Locale.ROOT, "checkpoint-%06d", stage)), checkpoints(parts));
            assertFalse(ServedModel.isModel(parts));
        }
        var swept = new ArrayList<Integer>();
        Trained resumed = new SessionModelTraining(sessions, SETTINGS, parts, (of, sweep) -> swept.add(of))
                .run(() -> false)
                .orElseThrow();
        assertEquals(Collections.nCopies(SessionTraining.sweeps(stages), stages), swept);
        assertArrayEquals(
                whole.model().tracks().means(), resumed.model().tracks().means());
        assertArrayEquals(
                whole.model().unitVectors().covariances(),
                resumed.model().unitVectors().covariances());
        assertEquals(List.of(), checkpoints(parts));
    }

    private static List<String> checkpoints(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("checkpoint"))
                    .toList();
        }
    }

    @Test
    void theCheckpointOfAnotherTrainingIsRejected() throws IOException {
        ListeningSessions.Result sessions = sessions(300, false);
        var sweeps = new AtomicInteger();
        var stopped = new SessionModelTraining(
                sessions, SETTINGS, folder.resolve("model"), (stage, s) -> sweeps.incrementAndGet());
        assertTrue(stopped.run(() -> sweeps.get() > 10).isEmpty());
        assertRejected(sessions(200, false), SETTINGS, "(other data); name another folder, or --restart");
        assertRejected(sessions, FitSettings.of(4, 1), "(other settings); name another folder, or --restart");
    }

    @Test
    void aFolderWithAModelIsRejected() throws IOException {
        ListeningSessions.Result sessions = sessions(200, false);
        train(sessions, "model");
        assertRejected(sessions, SETTINGS, "holds a model already; name another folder, or --restart");
    }

    @Test
    void tooFewSessionsAreRejected() throws IOException {
        assertRejected(sessions(3, false), SETTINGS, "the log has 3 sessions with recommendations, too few");
    }

    private void assertRejected(ListeningSessions.Result sessions, FitSettings settings, String message) {
        var training = new SessionModelTraining(sessions, settings, folder.resolve("model"), (stage, sweep) -> {});
        var failure = assertThrows(TrainingException.class, () -> training.run(() -> false));
        assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
    }

    @Test
    void aTrackOutsideTheCatalogIsRejected() throws IOException {
        sessions(1, false);
        Path log = folder.resolve("log.json");
        Files.writeString(log, line(0, ToySessions.TRACKS, 1, 1));
        Tracks tracks =
                Catalog.load(CatalogFiles.of(folder.resolve("tracks.json"))).tracks();
        try (var reader =
                new SessionReader(EventLogs.find(List.of(log.toString())).open(), SessionRule.DEFAULT)) {
            var failure = assertThrows(
                    TrainingException.class, () -> new ListeningSessions(tracks, 1).read(reader, read -> {}));
            assertTrue(String.valueOf(failure.getMessage()).contains("the log names track 60"), failure.getMessage());
        }
    }
}
