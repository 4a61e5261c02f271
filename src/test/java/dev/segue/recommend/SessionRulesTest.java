package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import dev.segue.random.KeyedRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six tracks by three artists. The neighbours of each track are all others, in cyclic order from the next one. */
class SessionRulesTest {

    @TempDir
    static Path folder;

    private static Catalog catalog;

    @BeforeAll
    static void load() throws IOException {
        Path tracks = Files.writeString(folder.resolve("tracks.json"), """
                {"track":0,"artist":"A","title":"a","recommendations":[1,2,3,4,5]}
                {"track":1,"artist":"A","title":"b","recommendations":[2,3,4,5,0]}
                {"track":2,"artist":"B","title":"c","recommendations":[3,4,5,0,1]}
                {"track":3,"artist":"B","title":"d","recommendations":[4,5,0,1,2]}
                {"track":4,"artist":"C","title":"e","recommendations":[5,0,1,2,3]}
                {"track":5,"artist":"C","title":"f","recommendations":[0,1,2,3,4]}
                """);
        catalog = Catalog.load(CatalogFiles.of(tracks));
    }

    private static Recommender ruled(SessionRule... rules) {
        return RuledRecommender.of(
                UniformRecommender.ofNeighbours("contextual", catalog.neighbours()), List.of(rules), catalog.tracks());
    }

    /** A request after these playbacks of a new session. */
    private static NextTrackRequest after(Playback... playbacks) {
        var history = new ListeningMemory<Void>(new HistoryLimits(1, 100, Duration.ofMinutes(30))).peek(1);
        for (Playback playback : playbacks) {
            history.next(playback, 0);
        }
        return new NextTrackRequest(1, playbacks[playbacks.length - 1], history);
    }

    private static Playback played(int track) {
        return new Playback(track, 1);
    }

    private static Playback skipped(int track) {
        return new Playback(track, 0);
    }

    private static Set<Integer> drawn(Recommender recommender, NextTrackRequest request) {
        Set<Integer> drawn = new TreeSet<>();
        for (int seed = 0; seed < 300; seed++) {
            drawn.add(recommender
                    .recommend(request, new KeyedRandom(seed, 1, 1, 1))
                    .track());
        }
        return drawn;
    }

    @Test
    void tracksAreNotRepeatedWhileOthersAreAvailable() {
        List<Playback> session = new ArrayList<>(List.of(played(2)));
        for (int seed = 0; session.size() < 6; seed++) {
            Recommendation next = ruled(new NoRepeat())
                    .recommend(after(session.toArray(Playback[]::new)), new KeyedRandom(seed, 1, 1, 1));
            assertEquals(6 - session.size(), next.candidates());
            assertTrue(session.stream().noneMatch(playback -> playback.track() == next.track()));
            session.add(played(next.track()));
        }
    }

    @Test
    void rulesThatExcludeAllTracksAreIgnored() {
        NextTrackRequest all = after(played(0), played(1), played(2), played(3), played(4), played(5));
        assertEquals(Set.of(0, 1, 2, 3, 4), drawn(ruled(new NoRepeat()), all));
        var ranking = new Ranking(3);
        ruled(new NoRepeat()).rank(all, new KeyedRandom(1, 1, 1, 1), ranking);
        assertEquals(3, ranking.tracks().size());
    }

    @Test
    void anArtistIsRepeatedOnlyAfterTheGap() {
        var rule = new ArtistSpacing(catalog.tracks(), 1, 10);
        assertEquals(Set.of(2, 3, 4, 5), drawn(ruled(rule), after(played(0))));
        assertEquals(Set.of(0, 1, 4, 5), drawn(ruled(rule), after(played(0), played(2))));
        assertEquals(
                Set.of(4, 5), drawn(ruled(new ArtistSpacing(catalog.tracks(), 2, 10)), after(played(0), played(2))));
    }

    @Test
    void anArtistHasAtMostTheMaximumOfPlays() {
        var rule = new ArtistSpacing(catalog.tracks(), 0, 2);
        assertEquals(Set.of(0, 1, 3, 4, 5), drawn(ruled(rule), after(played(0), played(2))));
        assertEquals(Set.of(3, 4, 5), drawn(ruled(rule), after(played(0), played(1), played(2))));
    }

    @Test
    void skippedTracksAndTheirNeighboursAreExcludedForSomePlays() {
        var rule = new SkipMemory(catalog.neighbours(), 0.25, 0.5, 1, 2);
        assertEquals(Set.of(2, 3, 4, 5), drawn(ruled(rule), after(played(1), skipped(0))));
        assertEquals(
                Set.of(0, 1, 3, 4, 5),
                drawn(ruled(rule), after(skipped(0), played(2), played(2))),
                "the skip was more than two plays ago");
    }

    @Test
    void theAnchorIsTheLastLikedTrack() {
        Recommender recommender = ruled(new SkipMemory(catalog.neighbours(), 0.25, 0.5, 0, 1));
        assertFalse(drawn(recommender, after(played(3), skipped(1))).contains(3), "3 is not its own neighbour");
        assertTrue(drawn(ruled(new NoRepeat()), after(played(4), new Playback(3, 0.4)))
                .contains(5));
        assertEquals(
                Set.of(0, 1, 2, 4, 5),
                drawn(recommender, after(played(3), new Playback(1, 0.4))),
                "neither skipped nor liked");
    }

    @Test
    void withoutALikedTrackTheAnchorIsTheLastPlayback() {
        var rule = new SkipMemory(catalog.neighbours(), 0.25, 0.5, 0, 10);
        assertEquals(Set.of(0, 1, 2, 3, 5), drawn(ruled(rule), after(skipped(4))));
    }

    @Test
    void effectsNameTheTracksAndArtistsThatEachRuleExcludes() {
        List<RuleEffect> effects = ruled(
                        new NoRepeat(),
                        new ArtistSpacing(catalog.tracks(), 1, 10),
                        new SkipMemory(catalog.neighbours(), 0.25, 0.5, 1, 10))
                .effects(after(played(3), played(0)));
        assertEquals(
                List.of(
                        new RuleEffect("no-repeat", List.of(0, 3), List.of()),
                        new RuleEffect("artist-spacing", List.of(), List.of("A"))),
                effects);
    }

    @Test
    void withoutRulesTheRecommenderIsNotWrapped() {
        Recommender recommender = UniformRecommender.of("top-pop", new int[] {1, 2});
        assertSame(recommender, RuledRecommender.of(recommender, List.of(), catalog.tracks()));
        assertEquals(List.of(), recommender.effects(after(played(1))));
    }

    @Test
    void settingsOutOfRangeAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> new ArtistSpacing(catalog.tracks(), -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ArtistSpacing(catalog.tracks(), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new SkipMemory(catalog.neighbours(), 0.6, 0.5, 1, 1));
    }

    @Nested
    class NeighboursUnderRules extends RecommenderContract {
        @Override
        Recommender recommender() {
            return ruled(new NoRepeat(), new ArtistSpacing(catalog.tracks(), 1, 3));
        }

        @Override
        NextTrackRequest request() {
            return SessionRulesTest.after(played(1), played(4));
        }
    }

    @Nested
    class AllTracksUnderRules extends RecommenderContract {
        @Override
        Recommender recommender() {
            return RuledRecommender.of(
                    UniformRecommender.ofAll("random", catalog.tracks()),
                    List.of(new NoRepeat(), new ArtistSpacing(catalog.tracks(), 1, 3)),
                    catalog.tracks());
        }

        @Override
        NextTrackRequest request() {
            return SessionRulesTest.after(played(1), played(4));
        }

        @Test
        void countsEachExcludedTrackOnce() {
            Recommendation next = recommender().recommend(request(), stream(1));
            assertEquals(3, next.candidates(), "all but track 1, track 4 and the other track of its artist");
            assertEquals(1.0 / 3, next.propensity());
        }
    }
}
