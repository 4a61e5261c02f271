package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.posterior.SessionScorer;
import dev.segue.posterior.ToySessions;
import dev.segue.random.KeyedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRecommenderTest extends RecommenderContract {

    private static final SessionScorer SCORER =
            new SessionScorer(ToySessions.model(), ToySessions.rows(), ToySessions.listeners(), track -> true);

    @Override
    Recommender recommender() {
        return new SessionRecommender("session", SCORER, Exploration.ofEpsilon(0.4));
    }

    @Override
    NextTrackRequest request() {
        return after(new Playback(0, 1), new Playback(2, 1));
    }

    private static NextTrackRequest after(Playback... playbacks) {
        var history = new ListeningMemory<Void>(new HistoryLimits(1, 100, Duration.ofMinutes(30))).peek(1);
        for (Playback playback : playbacks) {
            history.next(playback, 0);
        }
        return new NextTrackRequest(1, playbacks.length == 0 ? null : playbacks[playbacks.length - 1], history);
    }

    private static Recommendation recommend(double exploration, NextTrackRequest request) {
        return new SessionRecommender("s", SCORER, Exploration.ofEpsilon(exploration))
                .recommend(request, new KeyedRandom(1, 2, 3, 4));
    }

    @Test
    void withoutExplorationTheBestTrackHasPropensityOne() {
        Recommendation best = recommend(0, request());
        assertTrue(ToySessions.isEven(best.track()));
        assertEquals(1, best.propensity());
        assertEquals(ToySessions.TRACKS, best.candidates());
        assertEquals("s", best.recommender());
    }

    @Test
    void skipsChangeTheRecommendation() {
        var liked = after(new Playback(0, 1), new Playback(2, 1), new Playback(4, 1), new Playback(6, 1));
        var skipped = after(
                new Playback(0, 1), new Playback(2, 0), new Playback(4, 0), new Playback(6, 0), new Playback(1, 1));
        assertTrue(ToySessions.isEven(recommend(0, liked).track()));
        assertFalse(ToySessions.isEven(recommend(0, skipped).track()));
    }

    @Test
    void aSessionOfAllTracksHasNoRepeats() {
        Set<Integer> played = new HashSet<>(List.of(0));
        var history = new ListeningMemory<Void>(new HistoryLimits(1, 100, Duration.ofMinutes(30))).peek(1);
        Playback last = new Playback(0, 1);
        for (int i = 1; i < ToySessions.TRACKS; i++) {
            history.next(last, 0);
            int track = recommend(0, new NextTrackRequest(1, last, history)).track();
            assertTrue(played.add(track), "track " + track);
            last = new Playback(track, 0.5);
        }
        history.next(last, 0);
        assertTrue(recommend(0, new NextTrackRequest(1, last, history)).isNone());
    }

    @Test
    void recommendsNothingAfterAnUnknownFirstTrack() {
        assertTrue(recommend(0, after()).isNone());
        assertTrue(recommend(0.5, after(new Playback(ToySessions.TRACKS + 5, 1)))
                .isNone());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void rulesAreApplied(double exploration, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("tracks.json"),
                IntStream.range(0, ToySessions.TRACKS)
                        .mapToObj(track -> "{\"track\":" + track + ",\"artist\":\"" + ToySessions.artist(track)
                                + "\",\"title\":\"t\"}\n")
                        .collect(Collectors.joining()));
        Catalog catalog = Catalog.load(CatalogFiles.of(file));
        Recommender ruled = RuledRecommender.of(
                new SessionRecommender("s", SCORER, Exploration.ofEpsilon(exploration)),
                List.of(new ArtistSpacing(catalog.tracks(), 2, 4)),
                catalog.tracks());
        for (int seed = 0; seed < 200; seed++) {
            var random = new KeyedRandom(seed, 1, 1, 1);
            int track = ruled.recommend(request(), random).track();
            assertFalse(Set.of(0, 2).contains(ToySessions.artist(track)), "track " + track);
        }
        var ranking = new Ranking(100);
        ruled.rank(request(), new KeyedRandom(1, 1, 1, 1), ranking);
        assertEquals(ToySessions.TRACKS - 6, ranking.tracks().size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void anInvalidExplorationProbabilityIsRejected(double exploration) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SessionRecommender("s", SCORER, Exploration.ofEpsilon(exploration)));
    }

    /** The list is in the order of the expected played share. */
    @Test
    void aRankingIsInTheOrderOfTheScores() {
        var ranking = new Ranking(10);
        new SessionRecommender("s", SCORER, Exploration.NONE).rank(request(), new KeyedRandom(1, 1, 1, 1), ranking);
        int[] best = SCORER.best(1, new int[] {0, 2}, new double[] {1, 1}, track -> false, 10)
                .tracks();
        assertEquals(IntStream.of(best).boxed().toList(), ranking.tracks());
    }
}
