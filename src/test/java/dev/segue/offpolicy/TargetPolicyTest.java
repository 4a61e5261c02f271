package dev.segue.offpolicy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.Tracks;
import dev.segue.event.EventReader;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.history.HistoryLimits;
import dev.segue.play.Recommendation;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.NoRepeat;
import dev.segue.recommend.Ranking;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.RuledRecommender;
import dev.segue.recommend.UniformRecommender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log has sessions of two recommendations by a uniform choice between tracks 1 and 2. Listeners play 0.8 of track 1 and 0.2 of track 2,
 * and nothing of a repeated track.
 */
class TargetPolicyTest {

    private static final HistoryLimits LIMITS = new HistoryLimits(1, 100, Duration.ofMinutes(30));
    private static final EstimateOptions OPTIONS = new EstimateOptions(0.05, 2, 1);

    @TempDir
    private Path folder;

    private final StringBuilder log = new StringBuilder();
    private Tracks tracks;
    private long time;

    @BeforeEach
    void loadTracks() throws IOException {
        Path file = Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"A","title":"a"}
                {"track":1,"artist":"B","title":"b"}
                {"track":2,"artist":"C","title":"c"}
                """);
        tracks = Catalog.load(CatalogFiles.of(file)).tracks();
    }

    /** Adds an event, without a propensity if it is null. */
    private void event(
            String message,
            int user,
            int sequence,
            int track,
            double share,
            int recommended,
            @Nullable String propensity) {
        log.append(String.format(
                Locale.ROOT,
                "{\"message\":\"%s\",\"timestamp\":%d,\"user\":%d,\"track\":%d,\"time\":%s,%s\"experiments\":{\"E\":\"%s\"},"
                        + "\"v\":1,\"session\":1,\"seq\":%d%s}%n",
                message,
                1_700_000_000_000L + time++,
                user,
                track,
                share,
                message.equals("last") ? "" : "\"recommendation\":" + recommended + ",",
                user % 2 == 0 ? "C" : "T1",
                sequence,
                message.equals("last")
                        ? ""
                        : ",\"recommender\":\"r\",\"fallback\":0,\"candidates\":2"
                                + (propensity == null ? "" : ",\"propensity\":" + propensity)));
    }

    private SessionLog read(@Nullable String arm) throws IOException {
        Path file = Files.writeString(folder.resolve("log.json"), log);
        try (var reader = new SessionReader(EventReader.open(file), SessionRule.DEFAULT)) {
            return SessionLog.read(reader, tracks::contains, arm);
        }
    }

    private void sessions(int count, @Nullable String propensity) {
        for (int user = 0; user < count; user++) {
            int first = 1 + user % 2;
            int second = 1 + user / 2 % 2;
            event("next", user, 1, 0, 1, first, propensity);
            event("next", user, 2, first, first == 1 ? 0.8 : 0.2, second, propensity);
            event("last", user, 3, second, second == first ? 0 : second == 1 ? 0.8 : 0.2, -1, null);
        }
    }

    private Recommender withoutRepeats() {
        return RuledRecommender.of(UniformRecommender.of("two", new int[] {1, 2}), List.of(new NoRepeat()), tracks);
    }

    private static TargetPolicy.Result evaluate(Recommender policy, SessionLog log) {
        return new TargetPolicy(policy, LIMITS).evaluate(log, OPTIONS, sessions -> {});
    }

    /** The mean of the first and of the second track is (0.8 + 0.2)/2. The weight of the second track is 2, or 0 for a repeat. */
    @Test
    void probabilitiesDependOnTheHistoryAtEachRequest() throws IOException {
        sessions(400, "0.5");
        TargetPolicy.Result result = evaluate(withoutRepeats(), read(null));
        assertEquals(800, result.decisions());
        assertEquals(0.5, result.next().get(0).value(), 1e-9);
        assertEquals(800 * 800 / 1200.0, result.next().get(0).effectiveSampleSize(), 1e-6);
        assertEquals(400, result.sessions());
        assertEquals(0, result.incomplete());
        assertEquals(1.0, result.session().get(0).value(), 1e-9);
        assertEquals(1.0, result.session().get(1).value(), 0.05, "doubly robust");
        assertEquals(200, result.session().get(0).effectiveSampleSize(), 1e-6);
    }

    @Test
    void theEstimateOfTheLoggingPolicyIsTheLoggedMean() throws IOException {
        sessions(400, "0.5");
        TargetPolicy.Result result = evaluate(UniformRecommender.of("two", new int[] {1, 2}), read(null));
        assertEquals((0.5 + 0.25) / 2, result.next().get(0).value(), 1e-9);
        assertEquals(800, result.next().get(0).effectiveSampleSize(), 1e-6);
        assertEquals(0.75, result.session().get(0).value(), 1e-9);
    }

    @Test
    void unusableDecisionsAndSessionsAreCountedAndIgnored() throws IOException {
        sessions(400, "0.5");
        event("next", 1000, 1, 0, 1, 1, "0");
        event("next", 1000, 2, 1, 1, 1, "1.5");
        event("next", 1000, 3, 1, 1, 1, null);
        event("next", 1000, 4, 1, 1, 9, "0.5"); // a track that is not in the catalog
        event("next", 1000, 5, 2, 1, 2, "0.5"); // after this, another track was played; the next event is missing
        event("next", 1001, 2, 1, 1, 1, "0.5"); // the first request is missing
        SessionLog read = read(null);
        LogCounts counts = read.counts();
        assertEquals(401, counts.sessions());
        assertEquals(805, counts.decisions());
        assertEquals(1, counts.withoutBeginning());
        assertEquals(2, counts.wrongPropensity());
        assertEquals(1, counts.withoutPropensity());
        assertEquals(1, counts.withoutReward());
        assertEquals(1, counts.otherPlayed());
        assertEquals(1, counts.unknownTracks());
        TargetPolicy.Result result = evaluate(withoutRepeats(), read);
        assertEquals(801, result.decisions(), "all but those without a valid propensity or reward");
        assertEquals(1, result.incomplete());
        assertEquals(0.5 * 800 / 801, result.next().get(0).value(), 1e-9, "the weight of an unknown track is 0");
    }

    @Test
    void readsOnlyTheSessionsOfAnArm() throws IOException {
        sessions(400, "0.5");
        SessionLog arm = read("T1");
        assertEquals(200, arm.counts().sessions());
        assertEquals(200, arm.counts().otherArms());
        assertEquals(200, arm.units());
        assertEquals(0, read("T2").counts().decisions());
    }

    @Test
    void withoutPropensitiesOnlyTheDirectMethodHasAnEstimate() throws IOException {
        sessions(400, null);
        SessionLog read = read(null);
        assertFalse(read.counts().hasPropensities());
        TargetPolicy.Result result = evaluate(withoutRepeats(), read);
        assertEquals(
                List.of("DM"),
                result.next().stream()
                        .filter(estimate -> !estimate.isRefused())
                        .map(Estimate::estimator)
                        .toList());
        assertEquals(List.of(), result.session());
    }

    @Test
    void aPolicyWithoutClosedFormHasNoEstimates() throws IOException {
        sessions(4, "0.5");
        TargetPolicy.Result result = evaluate(
                new Recommender() {
                    @Override
                    public String name() {
                        return "opaque";
                    }

                    @Override
                    public Recommendation recommend(NextTrackRequest request, RandomGenerator random) {
                        return Recommendation.of(1, Double.NaN, 1, name());
                    }

                    @Override
                    public void rank(NextTrackRequest request, RandomGenerator random, Ranking ranking) {
                        ranking.add(1);
                    }
                },
                read(null));
        assertFalse(result.hasClosedForm());
        assertEquals(List.of(), result.next());
    }

    /** Unit 3 has other rewards (0 and 1) than all other units (0.9 and 0.1). */
    @Test
    void theModelOfAUnitIsLearnedFromOtherFolds() {
        int units = 500;
        for (int action : new int[] {7, 2_000_000_000}) {
            var folds = new Folds(units, 1);
            RewardModel model = RewardModel.fit(
                    sink -> {
                        for (int unit = 0; unit < units; unit++) {
                            sink.accept(unit, 0, action, unit == 3 ? 0 : 0.9);
                            sink.accept(unit, 0, 1, unit == 3 ? 1 : 0.1);
                        }
                    },
                    folds);
            assertEquals(0.9, model.expected(3, 0, action), 0.04);
            assertEquals(0.1, model.expected(3, 0, 1), 0.04);
            assertEquals(0.5, model.expected(3, 0, 12345), 0.02, "an action that was never logged");
            RewardModel own = RewardModel.fit(sink -> sink.accept(3, 0, action, 0.9), folds);
            assertEquals(0, own.expected(3, 0, action), 1e-12, "the action does not occur in other folds");
        }
    }

    @Test
    void rewardsToGoAreMeansOfOtherFoldsUpToTheHorizon() throws IOException {
        sessions(400, "0.5");
        List<LoggedSession> sessions = read(null).sessions();
        var after = new RewardsToGo(sessions, new Folds(400, 1), 2);
        assertTrue(Math.abs(after.after(0, 0) - 0.25) < 0.05, "the second decision's mean reward");
        assertEquals(0, after.after(0, 1));
    }
}
