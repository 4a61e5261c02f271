package dev.segue.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.play.Playback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EarlierSessionsTest {

    private static final HistoryLimits LIMITS = new HistoryLimits(100, 10, Duration.ofMinutes(30));
    private static final long HOUR = 3_600_000;

    private final ListeningMemory<String> memory = new ListeningMemory<>(LIMITS.recalling(Duration.ofHours(5)));
    private long now = 1_000_000;

    private ListeningHistory listen(ListeningMemory<String> listeners, @Nullable Playback last) {
        return listeners.update(1, known -> {
            known.history().next(last, now);
            return known.history().copy();
        });
    }

    private static List<Integer> within(ListeningHistory history, int hours) {
        List<Integer> tracks = new ArrayList<>();
        history.forEachTrackWithin(Duration.ofHours(hours), tracks::add);
        return tracks;
    }

    @Test
    void playbacksOfEarlierSessionsAreKeptWithTheirTimes() {
        listen(memory, new Playback(10, 1));
        now += HOUR;
        listen(memory, new Playback(11, 1));
        now += HOUR + 1;
        ListeningHistory third = listen(memory, null);
        assertEquals(3, third.session());
        assertEquals(0, third.size(), "no playback in this session");
        assertThrows(IndexOutOfBoundsException.class, () -> third.track(0));
        assertEquals(List.of(11, 10), within(third, 3));
        assertEquals(List.of(11), within(third, 2));
        assertEquals(List.of(), within(third, 1));
        ListeningHistory continued = listen(memory, new Playback(12, 0.5));
        assertEquals(1, continued.size());
        assertEquals(12, continued.track(0));
        assertEquals(0.5, continued.time(0));
        assertEquals(List.of(12, 11, 10), within(continued, 3));
    }

    @Test
    void allSessionsTogetherKeepAtMostTheMaximumOfPlaybacks() {
        for (int track = 0; track < 25; track++) {
            if (track % 4 == 0) {
                listen(memory, null);
            }
            listen(memory, new Playback(track, 1));
        }
        ListeningHistory history = memory.peek(1);
        assertEquals(1, history.size());
        assertEquals(24, history.track(0));
        assertEquals(List.of(24, 23, 22, 21, 20, 19, 18, 17, 16, 15), within(history, 1));
    }

    @Test
    void withoutRecallEarlierSessionsAreForgotten() {
        var withoutRecall = new ListeningMemory<String>(LIMITS);
        listen(withoutRecall, new Playback(10, 1));
        listen(withoutRecall, null);
        assertEquals(List.of(), within(listen(withoutRecall, new Playback(11, 1)), 5));
    }

    @Test
    void restoredSessionsAreKept() {
        memory.update(1, listener -> {
            listener.history().restore(4, 1, new Playback(10, 1), false, now);
            listener.history().restore(4, 2, new Playback(11, 1), true, now + HOUR);
            listener.history().restore(6, 1, new Playback(12, 1), false, now + 2 * HOUR);
            return null;
        });
        assertEquals(List.of(12, 11), within(memory.peek(1), 1));
        assertEquals(List.of(12, 11, 10), within(memory.peek(1), 2));
        assertEquals(1, memory.peek(1).size());
    }

    @Test
    void recallReducesTheAffordableListeners() {
        int listens = 10_000; // many, so that neither result is the upper limit
        assertTrue(HistoryLimits.affordableListeners(listens, Duration.ofHours(1))
                < HistoryLimits.affordableListeners(listens, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> LIMITS.recalling(Duration.ofHours(-1)));
    }
}
