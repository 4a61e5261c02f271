package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourRecommenderTest extends RecommenderContract {

    private static final String NEIGHBOURS = "[1,2,3]";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // loaded before each test
    private Catalog scored;

    @SuppressWarnings("NullAway.Init") // loaded before each test
    private Catalog plain;

    @BeforeEach
    void load() throws IOException {
        scored = catalog("scored.json", ",\"scores\":[0.2,0.9,0.5]", ",\"scores\":[]");
        plain = catalog("plain.json", "", "");
    }

    private Catalog catalog(String name, String scores, String noScores) throws IOException {
        var lines = new StringBuilder("{\"track\":0,\"recommendations\":" + NEIGHBOURS + scores + "}\n");
        for (int track = 1; track <= 3; track++) {
            lines.append("{\"track\":%d,\"recommendations\":[]%s}%n".formatted(track, noScores));
        }
        return Catalog.load(CatalogFiles.of(Files.writeString(folder.resolve(name), lines)));
    }

    @Override
    Recommender recommender() {
        return new NeighbourRecommender("contextual", scored.neighbours(), false, new Exploration(0.1, 0.4));
    }

    @Override
    NextTrackRequest request() {
        return after(0);
    }

    private static List<Integer> ranked(Catalog catalog, boolean ofFirstTrack, NextTrackRequest request) {
        var ranking = new Ranking(5);
        new NeighbourRecommender("n", catalog.neighbours(), ofFirstTrack, Exploration.NONE)
                .rank(request, stream(1), ranking);
        return ranking.tracks();
    }

    @Test
    void ranksByScoreOrInTheCatalogsOrderWithoutScores() {
        assertEquals(List.of(2, 3, 1), ranked(scored, false, after(0)));
        assertEquals(List.of(1, 2, 3), ranked(plain, false, after(0)));
    }

    /** As in a fallback chain whose first recommender has the same best tracks. */
    @Test
    void aRankingWithTheBestTracksIsFilledWithOthers() {
        var ranking = new Ranking(3);
        ranking.add(2);
        ranking.add(3);
        new NeighbourRecommender("n", scored.neighbours(), false, Exploration.NONE).order(after(0), ranking);
        assertEquals(List.of(2, 3, 1), ranking.tracks());
    }

    /** Softmax weights exp(0), exp(−1) and exp(−2): ranks 0, 1 and 2 at temperature 1. */
    @Test
    void withoutScoresTheTemperatureAppliesToRanks() {
        var byRank = new NeighbourRecommender("n", plain.neighbours(), false, new Exploration(0, 1));
        double sum = 1 + Math.exp(-1) + Math.exp(-2);
        assertEquals(Math.exp(-1) / sum, byRank.probability(after(0), 2), 1e-12);
    }

    @Test
    void canUseTheNeighboursOfTheFirstTrack() {
        var history = new ListeningMemory<Void>(new HistoryLimits(1, 10, Duration.ofMinutes(30))).peek(1);
        history.next(new Playback(0, 1), 0);
        history.next(new Playback(1, 1), 0);
        var request = new NextTrackRequest(1, new Playback(1, 1), history);
        assertEquals(List.of(2, 3, 1), ranked(scored, true, request));
        assertEquals(List.of(), ranked(scored, false, request));
    }

    @Test
    void rulesAreAppliedAndNothingIsRecommendedWithoutNeighbours() {
        Recommender ruled = RuledRecommender.of(
                new NeighbourRecommender("n", scored.neighbours(), true, Exploration.NONE),
                List.of(new NoRepeat()),
                scored.tracks());
        var history = new ListeningMemory<Void>(new HistoryLimits(1, 10, Duration.ofMinutes(30))).peek(1);
        history.next(new Playback(0, 1), 0);
        history.next(new Playback(2, 1), 0);
        var request = new NextTrackRequest(1, new Playback(2, 1), history);
        assertEquals(3, ruled.recommend(request, stream(1)).track());
        assertTrue(recommender().recommend(after(1), stream(1)).isNone());
        assertTrue(recommender().recommend(request(1, null), stream(1)).isNone());
    }
}
