package dev.segue.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.segue.play.Playback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededHistoryTest {

    private static final HistoryLimits LIMITS = new HistoryLimits(10, 3, Duration.ofMinutes(30));

    private static List<Integer> tracks(ListeningHistory history) {
        return IntStream.range(0, history.size()).mapToObj(history::track).toList();
    }

    private static List<Playback> playbacks(int... tracks) {
        return IntStream.of(tracks).mapToObj(track -> new Playback(track, 0.5)).toList();
    }

    @Test
    void seedsPrecedeTheKeptPlaybacksOfASession() {
        var history = ListeningHistory.ofSession(playbacks(1, 2, 3, 4), LIMITS, 1000);
        assertEquals(List.of(4, 3, 2), tracks(history));
        var seeded = history.withSeeds(List.of(8, 9));
        assertEquals(List.of(4, 3, 2, 9, 8), tracks(seeded));
        assertEquals(8, seeded.firstTrack());
        assertEquals(0.5, seeded.time(2));
        assertEquals(1, seeded.time(3));
        assertEquals(2, seeded.seeds());
        assertEquals(0, history.seeds());
        assertEquals(List.of(4, 3, 2), tracks(history));
    }

    @Test
    void anEmptySessionHasTheSeedsOnly() {
        assertEquals(
                List.of(9),
                tracks(ListeningHistory.ofSession(List.of(), LIMITS, 0).withSeeds(List.of(9))));
    }

    @Test
    void playbacksOfEarlierSessionsStayBeforeTheSeeds() {
        var history = new ListeningHistory(LIMITS.recalling(Duration.ofHours(1)), 0);
        history.next(new Playback(1, 1), 0);
        history.next(new Playback(2, 1), Duration.ofMinutes(20).toMillis());
        history.end(new Playback(3, 1), Duration.ofMinutes(40).toMillis());
        history.next(new Playback(4, 1), Duration.ofMinutes(70).toMillis());
        var seeded = history.withSeeds(List.of(9));
        assertEquals(List.of(4, 9), tracks(seeded));
        assertEquals(history.session(), seeded.session());
        assertEquals(history.sequence(), seeded.sequence());
        List<Integer> recent = new ArrayList<>();
        seeded.forEachTrackWithin(Duration.ofMinutes(45), recent::add);
        assertEquals(List.of(4, 9, 3), recent, "track 2 was played 50 minutes before the latest event");
    }

    @Test
    void otherSharesMayCountAsPlayed() {
        var history = ListeningHistory.ofSession(playbacks(1, 2, 1), LIMITS, 1000);
        var counted = history.withShares(track -> track == 1 ? 1 : Double.NaN);
        assertEquals(List.of(1.0, 0.5, 1.0), List.of(counted.time(0), counted.time(1), counted.time(2)));
        assertEquals(0.5, history.time(0));
        assertSame(history, history.withShares(track -> Double.NaN));
    }
}
