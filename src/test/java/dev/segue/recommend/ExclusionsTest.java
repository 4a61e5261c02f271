package dev.segue.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.catalog.TrackSet;
import dev.segue.catalog.Tracks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred tracks: 0 to 9 by "Älva", 10 to 19 by "B", 20 to 29 by "C" and so on. */
class ExclusionsTest {

    @TempDir
    static Path folder;

    private static Tracks tracks;

    @BeforeAll
    static void load() throws IOException {
        var lines = new StringBuilder();
        for (int track = 0; track < 100; track++) {
            String artist = track < 10 ? "Älva" : String.valueOf((char) ('A' + track / 10));
            lines.append(
                    "{\"track\":" + track + ",\"artist\":\"" + artist + "\",\"title\":\"t\",\"recommendations\":[]}\n");
        }
        tracks = Catalog.load(CatalogFiles.of(Files.writeString(folder.resolve("tracks.json"), lines)))
                .tracks();
    }

    /** Excludes all tracks except 95 to 99. */
    private static Exclusions allButFive() {
        var exclusions = new Exclusions(tracks);
        exclusions.addArtist("Älva");
        for (char artist = 'B'; artist < 'J'; artist++) {
            exclusions.addArtist(String.valueOf(artist));
        }
        for (int track = 90; track < 95; track++) {
            exclusions.addTrack(track);
        }
        return exclusions;
    }

    private static NextTrackRequest request(Exclusions exclusions) {
        NextTrackRequest request = RecommenderContract.after(1);
        return new NextTrackRequest(1, request.last(), request.history(), request.anchor(), exclusions);
    }

    @Test
    void artistsAreMatchedByTheFullName() {
        var exclusions = new Exclusions(tracks);
        List.of("", "A", "Älv", "Älvas", "b").forEach(exclusions::addArtist);
        assertTrue(exclusions.isEmpty());
        exclusions.addArtist("Älva");
        assertEquals(new RuleEffect("x", List.of(), List.of("Älva")), exclusions.effect("x"));
        assertTrue(exclusions.contains(9));
        assertFalse(exclusions.contains(10));
    }

    @Test
    void theCatalogIsCoveredOnceAllTracksAreExcluded() {
        Exclusions exclusions = allButFive();
        for (int track = 95; track < 100; track++) {
            assertFalse(exclusions.coverCatalog());
            exclusions.addTrack(track);
        }
        assertTrue(exclusions.coverCatalog());
    }

    @Test
    void aCopyIsIndependent() {
        Exclusions exclusions = allButFive();
        Exclusions copy = exclusions.copy();
        copy.addTrack(99);
        assertFalse(exclusions.contains(99));
        assertEquals(allButFive().effect("x"), exclusions.effect("x"));
        assertTrue(copy.contains(99) && copy.contains(90) && copy.contains(0));
    }

    @Test
    void aLongListHasAllAllowedTracks() {
        var ranking = new Ranking(1000);
        UniformRecommender.ofAll("random", tracks).rank(request(allButFive()), RecommenderContract.stream(1), ranking);
        assertEquals(Set.of(95, 96, 97, 98, 99), new HashSet<>(ranking.tracks()));
    }

    @Test
    void rulesAreAppliedInAdditionToTheExclusionsOfTheRequest() {
        Recommender ruled = RuledRecommender.of(
                UniformRecommender.of("top-pop", new int[] {1, 2}), List.of(new NoRepeat()), tracks);
        var exclusions = new Exclusions(tracks);
        exclusions.addTrack(2);
        NextTrackRequest request = request(exclusions); // 1 was just played
        assertEquals(1, ruled.recommend(request, RecommenderContract.stream(1)).track());
        assertEquals(1, ruled.probability(request, 1));
        exclusions.addTrack(1);
        assertTrue(ruled.recommend(request, RecommenderContract.stream(1)).isNone());
        assertTrue(ruled.distribution(request).isNone());
    }

    @Nested
    class AlmostAllTracksAreExcluded extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.ofAll("random", tracks);
        }

        @Override
        NextTrackRequest request() {
            return ExclusionsTest.request(allButFive());
        }
    }

    /** Excludes tracks 0 to 89, which overlap with the artists and tracks of {@link #allButFive}. */
    private static Exclusions overlapping() {
        List<Integer> unavailable = IntStream.range(0, 90).boxed().toList();
        var exclusions = new Exclusions(tracks, TrackSet.of(tracks, unavailable));
        exclusions.addArtist("Älva");
        exclusions.addArtist("J");
        exclusions.addTrack(3);
        return exclusions;
    }

    @Test
    void tracksThatAreExcludedTwiceCountOnce() {
        var exclusions = new Exclusions(tracks, TrackSet.of(tracks, List.of(1, 2, 97, 4711)));
        assertEquals(3, exclusions.trackCount());
        exclusions.addArtist("Älva");
        assertEquals(11, exclusions.trackCount());
        exclusions.addTrack(97);
        exclusions.addTrack(98);
        assertEquals(12, exclusions.trackCount());
        assertTrue(exclusions.copy().contains(2));
        assertTrue(overlapping().coverCatalog());
        assertTrue(new Exclusions(tracks, TrackSet.of(tracks, List.of())).isEmpty());
    }

    @Nested
    class MostTracksAreUnavailable extends RecommenderContract {
        @Override
        Recommender recommender() {
            return UniformRecommender.ofAll("random", tracks);
        }

        @Override
        NextTrackRequest request() {
            List<Integer> unavailable = IntStream.range(0, 93).boxed().toList();
            var exclusions = new Exclusions(tracks, TrackSet.of(tracks, unavailable));
            exclusions.addTrack(94);
            return ExclusionsTest.request(exclusions);
        }
    }
}
