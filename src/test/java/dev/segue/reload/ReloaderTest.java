package dev.segue.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.experiment.Experiment;
import dev.segue.file.JointReplacement;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.id.ListenerId;
import dev.segue.matrix.FloatMatrix;
import dev.segue.matrix.IntMatrix;
import dev.segue.matrix.NpyFile;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.Ranking;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.UniformRecommender;
import dev.segue.service.Generation;
import dev.segue.service.NextTrackQuery;
import dev.segue.service.NextTrackService;
import dev.segue.service.ServedEvent;
import dev.segue.service.ServedExperiment;
import dev.segue.service.ServingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files serve and which are in place after learnings, refusals, rollbacks and restarts. */
@Timeout(120)
class ReloaderTest {

    @TempDir
    Path folder;

    private final ListeningMemory<ServedEvent> memory =
            new ListeningMemory<>(new HistoryLimits(1_000, 4, Duration.ofMinutes(30)));
    private boolean fails;
    private Runnable duringLoad = () -> {};

    @SuppressWarnings("NullAway.Init") // created before each test
    private Path tracks;

    @SuppressWarnings("NullAway.Init")
    private GenerationFiles files;

    @SuppressWarnings("NullAway.Init")
    private NextTrackService service;

    @SuppressWarnings("NullAway.Init")
    private Reloader reloader;

    @BeforeEach
    void begin() throws IOException {
        tracks = folder.resolve("tracks.json");
        Files.writeString(tracks, catalog(10, 1));
        configure(3);
        start();
    }

    private void configure(int keep) throws IOException {
        Files.writeString(folder.resolve("top.json"), "[1,2]");
        Files.writeString(folder.resolve("config.json"), """
                {"TRACKS_CATALOG": "tracks.json", "TOP_TRACKS_CATALOG": "top.json",
                 "learn": {"keep_generations": %d},
                 "recommenders": {"all": {"type": "random"}},
                 "experiments": [{"name": "E", "arms": {"C": "all"}, "serves": true}]}
                """.formatted(keep));
    }

    /** Loads the files in place, as a server does at its start. */
    private void start() {
        var configuration = Configuration.load(folder.resolve("config.json"), Map.of(), Map.of());
        files = new GenerationFiles(configuration, Catalog::load, this::generation);
        service = new NextTrackService(files.load(), memory, event -> 0, InstantSource.system(), System::nanoTime, 1);
        reloader = new Reloader(service, memory, files, configuration.reload(), InstantSource.system(), outcome -> {});
    }

    private Generation generation(Configuration configuration, Catalog catalog) {
        duringLoad.run();
        Generation generation = ServingPlan.generation(configuration, catalog);
        if (!fails) {
            return generation;
        }
        var served = new ServedExperiment(
                Experiment.ofEqualWeights("E", "C"),
                Map.of("C", new Failing(UniformRecommender.ofAll("all", catalog.tracks()))));
        return new Generation(generation.id(), catalog, List.of(served), served, false);
    }

    /** A recommender that fails after track 1. */
    private record Failing(Recommender draw) implements Recommender {

        @Override
        public String name() {
            return draw.name();
        }

        @Override
        public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
            if (request.history().track(0) == 1) {
                throw new IllegalStateException("no row for this track");
            }
            return draw.recommend(request, random);
        }

        @Override
        public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
            draw.rank(request, random, ranking);
        }
    }

    @AfterEach
    void stop() {
        reloader.close();
    }

    private void restart() {
        stop();
        start();
    }

    /** @param version from 1 to 5; makes the files of two catalogs differ */
    private static String catalog(int size, int version) {
        var lines = new StringBuilder();
        for (int track = 0; track < size; track++) {
            lines.append("{\"track\":" + track + ",\"artist\":\"A\",\"title\":\"T\",\"recommendations\":["
                    + (track + 1 + (version - 1) % (size - 1)) % size + "]}\n");
        }
        return lines.toString();
    }

    private static ReloadOutcome outcome(Consumer<Consumer<ReloadOutcome>> change) {
        var outcome = new CompletableFuture<ReloadOutcome>();
        change.accept(outcome::complete);
        return outcome.join();
    }

    private ReloadOutcome learn(String content) throws IOException {
        Files.writeString(JointReplacement.prepared(tracks), content);
        return outcome(then -> assertTrue(reloader.publish(List.of(tracks), then)));
    }

    private ReloadOutcome rollBackTo(String generation, boolean isForced) {
        return outcome(then -> assertTrue(reloader.beginRollback(generation, isForced, then)));
    }

    private ReloadOutcome reload(boolean isForced) {
        return outcome(then -> assertTrue(reloader.begin(Cause.RELOAD, isForced, then)));
    }

    private String served() {
        return service.generation().id();
    }

    private List<String> kept() {
        return reloader.kept().stream().map(KeptGeneration::generation).toList();
    }

    @Test
    void learnedFilesArePutInPlaceAndKept() throws Exception {
        String first = served();
        var done = assertInstanceOf(ReloadOutcome.Done.class, learn(catalog(10, 2)));
        assertEquals(done.after().id(), served());
        assertTrue(done.isInPlace());
        assertEquals(catalog(10, 2), Files.readString(tracks));
        assertFalse(Files.exists(JointReplacement.prepared(tracks)));
        assertEquals(2, kept().size());
        assertTrue(kept().containsAll(List.of(first, served())), "the generation that was replaced is kept too");
        String second = served();
        restart();
        assertEquals(second, served());
    }

    @Test
    void refusedFilesAreNeverInPlace() throws Exception {
        String first = served();
        var refused = assertInstanceOf(ReloadOutcome.Refused.class, learn(catalog(5, 1)));
        assertTrue(refused.message().contains("5 of 10 tracks are missing"), refused::message);
        assertEquals(first, served());
        assertEquals(catalog(10, 1), Files.readString(tracks));
        assertFalse(Files.exists(JointReplacement.prepared(tracks)));
        restart();
        assertEquals(first, served());

        KeptGeneration kept = reloader.kept().get(0);
        assertEquals(refused.refused().id(), kept.generation());
        assertEquals(String.join("; ", refused.faults()), kept.refusal());
        assertInstanceOf(ReloadOutcome.Refused.class, rollBackTo(kept.generation(), false));
        assertEquals(first, served());
        assertInstanceOf(ReloadOutcome.Done.class, rollBackTo(kept.generation(), true));
        assertEquals(kept.generation(), served());
        assertEquals(catalog(5, 1), Files.readString(tracks));
    }

    @Test
    void filesThatCannotBeLoadedLeaveThoseInPlace() throws Exception {
        String first = served();
        var failed = assertInstanceOf(ReloadOutcome.Failed.class, learn("half a li"));
        assertTrue(failed.message().contains(".learning-tracks.json"), failed::message);
        assertEquals(catalog(10, 1), Files.readString(tracks));
        restart();
        assertEquals(first, served());
    }

    @Test
    void aKeptGenerationServesAgainAfterARestart() throws Exception {
        String first = served();
        learn(catalog(10, 2));
        String second = served();
        learn(catalog(10, 3));
        String third = served();
        restart();
        var done = assertInstanceOf(ReloadOutcome.Done.class, rollBackTo(first, false));
        assertTrue(done.isInPlace());
        assertEquals(first, served());
        assertEquals(catalog(10, 1), Files.readString(tracks));
        restart();
        assertEquals(first, served(), "a start loads the generation that was returned to");
        rollBackTo(third, false);
        assertEquals(third, served());
        rollBackTo(second, false);
        assertEquals(second, served());
        assertEquals(catalog(10, 2), Files.readString(tracks));
        assertEquals(List.of(Cause.ROLLBACK, Cause.ROLLBACK, Cause.START), causes());
    }

    private List<Cause> causes() {
        return reloader.generations().periods().stream().map(InService::cause).toList();
    }

    @Test
    void aRollbackToThePreviousGenerationPutsItsFilesInPlace() throws Exception {
        String first = served();
        learn(catalog(10, 2));
        var done = assertInstanceOf(
                ReloadOutcome.Done.class, outcome(then -> assertTrue(reloader.beginRollback(null, false, then))));
        assertTrue(done.isInPlace());
        restart();
        assertEquals(first, served());
    }

    @Test
    void filesThatSomebodyElsePutInPlaceStay() throws Exception {
        String first = served();
        learn(catalog(10, 2));
        Files.delete(tracks);
        Files.writeString(tracks, catalog(10, 4));
        var done = assertInstanceOf(ReloadOutcome.Done.class, rollBackTo(first, false));
        assertFalse(done.isInPlace());
        assertEquals(first, served());
        assertEquals(catalog(10, 4), Files.readString(tracks));
    }

    @Test
    void theOldestGenerationsAreDeleted() throws Exception {
        stop();
        configure(2);
        start();
        String first = served();
        List<String> learned = new ArrayList<>();
        for (int version = 2; version <= 5; version++) {
            learn(catalog(10, version));
            learned.add(served());
        }
        assertEquals(List.of(learned.get(3), learned.get(2)), kept());
        assertInstanceOf(ReloadOutcome.NothingToReturnTo.class, rollBackTo(first, false));
        learn(catalog(5, 1));
        learn(catalog(4, 1));
        assertEquals(3, kept().size(), "one refused generation is kept beside the others");
        try (var folders = Files.list(folder.resolve("state/generations"))) {
            assertEquals(3, folders.count());
        }
    }

    @Test
    void filesThatWereChangedInTheArchiveAreRefused() throws Exception {
        String first = served();
        learn(catalog(10, 2));
        String second = served();
        restart();
        Path kept = folder.resolve("state/generations").resolve(first).resolve("tracks.json");
        Files.delete(kept);
        Files.writeString(kept, catalog(10, 4));
        var refused = assertInstanceOf(ReloadOutcome.Refused.class, rollBackTo(first, false));
        assertTrue(refused.message().contains("the kept files have the fingerprint"), refused::message);
        assertEquals(second, served());
    }

    @Test
    void aGenerationThatFailsRecentRequestsIsRefusedUnlessForced() throws Exception {
        for (int listener = 0; listener < 20; listener++) {
            NextTrackQuery query = NextTrackQuery.of(ListenerId.of(listener), new Playback(listener < 3 ? 1 : 2, 0.5));
            var unused = service.next(service.generation(), query, 0);
        }
        String first = served();
        fails = true;
        Files.delete(tracks);
        Files.writeString(tracks, catalog(10, 2));
        var refused = assertInstanceOf(ReloadOutcome.Refused.class, reload(false));
        assertEquals(
                "the old catalogs continue to serve, because the new ones fail: 3 of 20 recent requests fail with them, and the"
                        + " server's log has the first; correct the files, or POST /admin/reload?force=true if this is meant",
                refused.message());
        assertEquals(first, served());
        var done = assertInstanceOf(ReloadOutcome.Done.class, reload(true));
        assertNotEquals(first, served());
        assertEquals(1, done.faults().size());
    }

    @Test
    void oneReloadAtMostWaitsForALearning() throws Exception {
        Files.writeString(JointReplacement.prepared(tracks), catalog(10, 2));
        var isQueued = new CompletableFuture<Boolean>();
        var isSecondBegun = new CompletableFuture<Boolean>();
        var reloaded = new CompletableFuture<ReloadOutcome>();
        assertTrue(reloader.publish(List.of(tracks), learned -> {
            isQueued.join();
            isSecondBegun.complete(reloader.begin(Cause.RELOAD, false, outcome -> {}));
        }));
        isQueued.complete(reloader.begin(Cause.RELOAD, false, reloaded::complete));
        assertTrue(isQueued.join());
        assertFalse(isSecondBegun.join(), "the first reload has not run yet");
        assertInstanceOf(ReloadOutcome.Done.class, reloaded.join());
        assertInstanceOf(ReloadOutcome.Done.class, reload(false));
    }

    private ReloadOutcome.Done rollBack() {
        return assertInstanceOf(
                ReloadOutcome.Done.class, outcome(then -> assertTrue(reloader.beginRollback(null, false, then))));
    }

    private void putInPlace(Path target, String content) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), content);
        Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void filesInPlaceAreThoseOfTheGenerationThatTheyWereLoadedAs() throws Exception {
        String first = served();
        putInPlace(tracks, catalog(10, 2));
        assertInstanceOf(ReloadOutcome.Done.class, reload(false));
        String second = served();
        assertFalse(rollBack().isInPlace(), "the first one's file exists no more");
        var again = assertInstanceOf(ReloadOutcome.Done.class, rollBackTo(first, false));
        assertFalse(again.isInPlace());
        assertTrue(rollBack().isInPlace(), "the second one's file is still there");
        assertEquals(second, served());
        restart();
        assertEquals(second, served());
    }

    @Test
    void filesOfAnotherGenerationAreNotKeptAsThoseInService() throws Exception {
        String first = served();
        learn(catalog(10, 2));
        putInPlace(tracks, catalog(10, 3));
        assertInstanceOf(ReloadOutcome.Done.class, reload(false));
        putInPlace(tracks, catalog(10, 4));
        assertInstanceOf(ReloadOutcome.Done.class, reload(false));
        rollBack();
        String third = served();
        var done = assertInstanceOf(ReloadOutcome.Done.class, rollBackTo(first, false));
        assertFalse(done.isInPlace());
        assertEquals(catalog(10, 4), Files.readString(tracks), "no other copy of it exists");
        assertFalse(kept().contains(third));
    }

    @Test
    void aFileThatChangesWhileALearningIsLoadedIsReloadedByTheWatch() throws Exception {
        var reloads = new AtomicInteger();
        var watch = new FileWatch(files, () -> reloads.incrementAndGet() > 0);
        duringLoad = () -> writeTopTracks("[3,2,1]");
        assertInstanceOf(ReloadOutcome.Done.class, learn(catalog(10, 2)));
        watch.check();
        watch.check();
        assertEquals(1, reloads.get(), "the changed top tracks do not serve yet");
        duringLoad = () -> {};
        assertInstanceOf(ReloadOutcome.Done.class, reload(false));
        assertInstanceOf(ReloadOutcome.Done.class, learn(catalog(10, 3)));
        watch.check();
        watch.check();
        assertEquals(1, reloads.get(), "the learned files serve");
        watch.close();
    }

    private void writeTopTracks(String content) {
        try {
            putInPlace(folder.resolve("top.json"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLearningDoesNotReplaceFilesThatDoNotServeYet() throws Exception {
        String first = served();
        putInPlace(tracks, catalog(10, 4));
        var refused = assertInstanceOf(ReloadOutcome.Refused.class, learn(catalog(10, 2)));
        assertEquals(
                "the old catalogs continue to serve, because the new ones would replace changed files: tracks.json was changed in"
                        + " place and does not serve; reload these files or put the former ones back; then POST /admin/rollback"
                        + " with this generation serves the new ones",
                refused.message());
        assertEquals(first, served());
        assertEquals(catalog(10, 4), Files.readString(tracks));
        assertFalse(Files.exists(JointReplacement.prepared(tracks)));

        assertInstanceOf(ReloadOutcome.Refused.class, learn(catalog(10, 1)), "also if it learned what serves");
        assertEquals(catalog(10, 4), Files.readString(tracks));
        assertEquals(List.of(refused.refused().id()), kept(), "the one in service is not marked as refused");

        assertInstanceOf(ReloadOutcome.Done.class, reload(false));
        assertTrue(assertInstanceOf(ReloadOutcome.Done.class, rollBackTo(kept().get(0), false))
                .isInPlace());
        assertEquals(catalog(10, 2), Files.readString(tracks));
    }

    @Test
    void aLearningDoesNotReplaceFilesOfAGenerationThatWasLeftByARollback() throws Exception {
        putInPlace(tracks, catalog(10, 4));
        assertInstanceOf(ReloadOutcome.Done.class, reload(false));
        rollBack();
        assertInstanceOf(ReloadOutcome.Refused.class, learn(catalog(10, 2)));
        assertEquals(catalog(10, 4), Files.readString(tracks));
    }

    @Test
    void learnedNeighboursHaveNoScoresOfTheFormerOnes() throws Exception {
        Path neighbours = folder.resolve("nn.npy");
        Path scores = folder.resolve("nn.scores.npy");
        NpyFile.write(neighbours, new IntMatrix(2, 1, new int[] {1, 0}));
        NpyFile.write(scores, new FloatMatrix(2, 1, new float[] {0.5f, 0.25f}));
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"TRACKS_CATALOG_NN\": \"nn.npy\","));
        restart();
        String first = served();
        assertTrue(service.generation().catalog().treatmentNeighbours().hasScores());

        NpyFile.write(JointReplacement.prepared(neighbours), new IntMatrix(2, 1, new int[] {2, 3}));
        var done = assertInstanceOf(
                ReloadOutcome.Done.class, outcome(then -> assertTrue(reloader.publish(List.of(neighbours), then))));
        String second = done.after().id();
        assertFalse(Files.exists(scores));
        Path kept = folder.resolve("state/generations");
        assertTrue(Files.exists(kept.resolve(first).resolve("nn.scores.npy")));
        assertFalse(Files.exists(kept.resolve(second).resolve("nn.scores.npy")));
        restart();
        assertEquals(second, served());
        assertFalse(service.generation().catalog().treatmentNeighbours().hasScores());
        rollBackTo(first, false);
        assertTrue(Files.exists(scores));
        rollBackTo(second, false);
        restart();
        assertEquals(second, served());
    }
}
