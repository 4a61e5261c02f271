package dev.segue.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.config.Configuration;
import dev.segue.event.EventReader;
import dev.segue.event.SessionReader;
import dev.segue.event.SessionRule;
import dev.segue.random.KeyedRandom;
import dev.segue.service.ServingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of uniform draws from 40 tracks, of which the first ten are the top tracks. */
class LiftEvaluationTest {

    private static final int TRACKS = 40;
    private static final int LISTENERS = 300;
    private static final int PLAYS = 6;

    @TempDir
    private Path folder;

    private final StringBuilder log = new StringBuilder();
    private Path config;

    /** The share played of a track. */
    private interface Taste {
        double share(int track, KeyedRandom random);
    }

    @BeforeEach
    void writeCatalog() throws IOException {
        var tracks = new StringBuilder();
        for (int track = 0; track < TRACKS; track++) {
            tracks.append("{\"track\":")
                    .append(track)
                    .append(",\"artist\":\"")
                    .append(track)
                    .append("\"}\n");
        }
        Files.writeString(folder.resolve("tracks.json"), tracks);
        Files.writeString(folder.resolve("top.json"), "[0,1,2,3,4,5,6,7,8,9]");
        configure("'top-pop': {'type': 'top-pop', 'size': 10}, 'random': {'type': 'random'}");
    }

    private void configure(String recommenders) throws IOException {
        config = Files.writeString(
                folder.resolve("config.json"),
                ("{'TRACKS_CATALOG': 'tracks.json', 'TOP_TRACKS_CATALOG': 'top.json', 'DATA_LOG_FILE': 'served.json',"
                                + " 'recommenders': {" + recommenders + "}, 'experiments': [{'name': 'E', 'arms': {'C':"
                                + " 'random'}, 'serves': true}]}")
                        .replace('\'', '"'));
    }

    /** Logs sessions of uniform draws from the first tracks of the catalog, with a propensity that may be wrong. */
    private void sessions(String recommender, int tracks, double propensity, Taste taste) {
        for (int listener = 0; listener < LISTENERS; listener++) {
            var random = new KeyedRandom(7, listener, recommender.hashCode(), 0);
            int played = TRACKS - 1;
            double share = 1;
            for (int sequence = 1; sequence <= PLAYS; sequence++) {
                int next = random.nextInt(tracks);
                boolean last = sequence == PLAYS;
                log.append(String.format(
                        Locale.ROOT,
                        "{\"message\":\"%s\",\"timestamp\":%d,\"user\":\"%s%d\",\"track\":%d,\"time\":%.3f,%s\"experiments\":{},"
                                + "\"v\":1,\"session\":1,\"seq\":%d%s}%n",
                        last ? "last" : "next",
                        1_700_000_000_000L + 1000L * listener + sequence,
                        recommender,
                        listener,
                        played,
                        share,
                        last ? "" : "\"recommendation\":" + next + ",",
                        sequence,
                        last
                                ? ""
                                : ",\"recommender\":\"" + recommender + "\",\"fallback\":0,\"candidates\":" + tracks
                                        + ",\"propensity\":" + propensity));
                played = next;
                share = taste.share(next, random);
            }
        }
    }

    private HealthReport report() throws IOException {
        Path file = Files.writeString(folder.resolve("log.json"), log);
        Configuration configuration = Configuration.load(config, Map.of(), Map.of());
        Catalog catalog = Catalog.load(ServingPlan.catalogFiles(configuration));
        try (var reader = new SessionReader(EventReader.open(file), SessionRule.DEFAULT)) {
            LogFacts facts = LogFacts.read(reader, configuration, catalog, Integer.MAX_VALUE, 1);
            var evaluation = new LiftEvaluation(configuration, catalog, facts.newest(), Set.of(file), 1);
            return new HealthReport(facts, evaluation.evaluate(evaluations -> {}));
        }
    }

    private static RecommenderLift lift(HealthReport report, String name) {
        return report.lifts().recommenders().stream()
                .filter(recommender -> recommender.recommender().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String advice(HealthReport report) {
        return String.join(" ", report.advice());
    }

    /** The logging policy's mean is 0.25 · 0.9 + 0.75 · 0.3 = 0.45, that of the top tracks 0.9: a lift of 100%. */
    @Test
    void betterRecommenderIsRecommended() throws IOException {
        sessions("random", TRACKS, 1.0 / TRACKS, (track, random) -> track < 10 ? 0.9 : 0.3);
        HealthReport report = report();
        RecommenderLift.Estimated best = lift(report, "top-pop").best();
        assertNotNull(best);
        assertEquals(0.9, best.value(), 1e-9);
        assertTrue(best.interval().contains(1), best.toString());
        assertTrue(best.isBetter());
        assertTrue(advice(report).startsWith("Serve `top-pop`, "), advice(report));
        assertEquals(
                "random",
                report.lifts()
                        .best()
                        .map(x -> report.lifts().basis())
                        .orElseThrow()
                        .recommender());
    }

    @Test
    void recommendsNoneOfEqualRecommenders() throws IOException {
        sessions("random", TRACKS, 1.0 / TRACKS, (track, random) -> random.nextDouble());
        HealthReport report = report();
        assertNotNull(lift(report, "top-pop").best());
        assertTrue(
                advice(report).startsWith("This log does not show a recommender to be better than `random`"),
                advice(report));
        assertNull(
                HealthFigures.of(report).get("recommendation") instanceof Map<?, ?> figures
                        ? figures.get("serve")
                        : "");
    }

    /** The recommender of the top tracks has no support for random; the recommender of all tracks supports both. */
    @Test
    void basisSupportsMostRecommenders() throws IOException {
        sessions("top", 10, 0.1, (track, random) -> 0.9);
        sessions("everything", TRACKS, 1.0 / TRACKS, (track, random) -> track < 10 ? 0.9 : 0.3);
        Lifts.Basis basis = report().lifts().basis();
        assertNotNull(basis);
        assertEquals("everything", basis.recommender());
        assertEquals(LISTENERS * (PLAYS - 1), basis.decisions());
        assertEquals(LISTENERS * (PLAYS - 1), basis.others());
        assertEquals(LISTENERS, basis.listeners());
    }

    @Test
    void recommenderWithoutSupportIsRefused() throws IOException {
        sessions("top", 10, 0.1, (track, random) -> 0.9);
        HealthReport report = report();
        RecommenderLift random = lift(report, "random");
        assertNull(random.best());
        assertTrue(String.valueOf(random.refusal()).startsWith("the log has no support for 7"), random.toString());
    }

    @Test
    void wrongPropensitiesAreRefused() throws IOException {
        sessions("random", TRACKS, 0.5 / TRACKS, (track, random) -> 0.5);
        HealthReport report = report();
        assertEquals(
                "mean weight 2.00 instead of 1: the logged propensities are wrong",
                lift(report, "random").refusal());
        assertTrue(
                advice(report)
                        .startsWith("This log does not show which recommender to serve: it supports no estimate."),
                advice(report));
    }

    @Test
    void tooFewRecommendationsAreRefusedByTheirEffectiveSampleSize() throws IOException {
        configure("'few': {'type': 'top-pop', 'size': 1, 'rules': []}");
        Files.writeString(config, Files.readString(config).replace("\"C\": \"random\"", "\"C\": \"few\""));
        sessions("random", TRACKS, 1.0 / TRACKS, (track, random) -> 0.5);
        assertTrue(
                String.valueOf(lift(report(), "few").refusal()).matches("effective sample size \\d\\d, below 100"),
                lift(report(), "few").toString());
    }

    @Test
    void recommenderThatSearchesTheLogIsRefused() throws IOException {
        sessions("random", TRACKS, 1.0 / TRACKS, (track, random) -> 0.5);
        Files.writeString(folder.resolve("log.json"), log);
        configure(
                "'knn': {'type': 'session-knn', 'sessions': 'log.json'}, 'both': {'type': 'blend', 'sources': ['knn']},"
                        + " 'random': {'type': 'random'}");
        HealthReport report = report();
        assertEquals(
                "it searches this log, and would find each evaluated session in it",
                lift(report, "knn").refusal());
        assertEquals(
                "it searches this log, and would find each evaluated session in it",
                lift(report, "both").refusal());
        assertNotNull(lift(report, "random").best());
    }

    @Test
    void linesAreNotLongerThanThePageIsWide() throws IOException {
        sessions("a-recommender-with-a-long-name", TRACKS, 1.0 / TRACKS, (track, random) -> track < 10 ? 0.9 : 0.3);
        for (String line : HealthText.of(report())) {
            assertTrue(line.length() <= HealthText.WIDTH, line);
        }
    }

    @Test
    void theSameLogGivesTheSameFigures() throws IOException {
        sessions("random", TRACKS, 1.0 / TRACKS, (track, random) -> random.nextDouble());
        Map<String, ?> first = HealthFigures.of(report());
        assertEquals(first, HealthFigures.of(report()));
        assertFalse(first.isEmpty());
    }
}
