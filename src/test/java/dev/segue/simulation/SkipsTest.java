package dev.segue.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.catalog.Catalog;
import dev.segue.catalog.CatalogFiles;
import dev.segue.history.HistoryLimits;
import dev.segue.history.ListeningHistory;
import dev.segue.history.ListeningMemory;
import dev.segue.play.Playback;
import dev.segue.posterior.SessionModelFolder;
import dev.segue.posterior.SessionScorer;
import dev.segue.random.KeyedRandom;
import dev.segue.recommend.Exploration;
import dev.segue.recommend.NextTrackRequest;
import dev.segue.recommend.NoRepeat;
import dev.segue.recommend.Recommender;
import dev.segue.recommend.RuledRecommender;
import dev.segue.recommend.SessionRecommender;
import dev.segue.recommend.SkipMemory;
import dev.segue.recommend.UniformRecommender;
import dev.segue.world.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares sessions in the bundled world in which three tracks unrelated to the session's interest are skipped or played. */
class SkipsTest {

    private static final Path DATA = Path.of("data");
    private static final int SESSIONS = 300;
    private static final int NEXT = 5;

    private final SimulatedWorld world = SimulatedWorld.load(DATA);
    private final ListenerModel model = world.model(SessionRules.REFERENCE);
    private final Catalog catalog = Catalog.load(CatalogFiles.of(DATA.resolve("tracks_with_recs.json")));

    @Test
    void afterThreeSkipsTheSessionModelRecommendsTracksOfTheInterest() {
        SessionModelFolder bundled = SessionModelFolder.read(DATA.resolve("models/session"));
        var scorer = new SessionScorer(bundled.model(), bundled.tracks(), bundled.listeners(), track -> true);
        assertSkipsHelp(new SessionRecommender("session", scorer, Exploration.NONE), 0.1);
    }

    @Test
    void afterThreeSkipsNeighboursAreThoseOfTheLastLikedTrack() {
        Recommender ruled = RuledRecommender.of(
                UniformRecommender.ofNeighbours("contextual", catalog.neighbours())
                        .orElse(UniformRecommender.ofAll("random", catalog.tracks())),
                List.of(new NoRepeat(), new SkipMemory(catalog.neighbours(), 0.25, 0.5, 10, 10)),
                catalog.tracks());
        assertSkipsHelp(ruled, 0.05);
    }

    private void assertSkipsHelp(Recommender recommender, double minGain) {
        double skipped = 0;
        double played = 0;
        for (int i = 0; i < SESSIONS; i++) {
            Listener listener = world.listeners().get(i);
            int[] others = tracksOf(world.listeners().get(i + SESSIONS));
            skipped += interest(recommender, listener, others, 0);
            played += interest(recommender, listener, others, 1);
        }
        double gain = (skipped - played) / SESSIONS;
        assertTrue(gain > minGain, "mean gain of expected time: " + gain);
    }

    /** The first tracks of three sessions of another listener. */
    private int[] tracksOf(Listener other) {
        return new int[] {
            model.begin(other, 1, 1).lastTrack(),
            model.begin(other, 1, 2).lastTrack(),
            model.begin(other, 1, 3).lastTrack()
        };
    }

    /** The mean expected time of the next five tracks, after playbacks of the other listener's tracks with this share. */
    private double interest(Recommender recommender, Listener listener, int[] others, double share) {
        ListeningSession session = model.begin(listener, 1, 1);
        var history =
                new ListeningMemory<Void>(new HistoryLimits(1, 100, Duration.ofMinutes(30))).peek(listener.user());
        history.next(new Playback(session.lastTrack(), 1), 0);
        Playback last = new Playback(session.lastTrack(), 1);
        for (int track : others) {
            last = new Playback(track, share);
            history.next(last, 0);
        }
        double sum = 0;
        for (int i = 0; i < NEXT; i++) {
            int track = recommend(recommender, listener, last, history, i);
            double time = session.expectedTime(track);
            sum += time;
            last = new Playback(track, time);
            history.next(last, 0);
        }
        return sum / NEXT;
    }

    private static int recommend(
            Recommender recommender, Listener listener, Playback last, ListeningHistory history, int position) {
        return recommender
                .recommend(
                        new NextTrackRequest(listener.user(), last, history),
                        new KeyedRandom(1, listener.user(), 1, position))
                .track();
    }
}
