package dev.segue.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.segue.play.Playback;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListeningMemoryTest {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final ListeningMemory<String> memory = new ListeningMemory<>(new HistoryLimits(100, 3, HALF_AN_HOUR));
    private long now = 1_000_000;

    @Test
    void eventsOfASessionAreNumberedFromOne() {
        listen(1, null);
        listen(1, new Playback(10, 0.5));
        var history = listen(1, new Playback(11, 1));
        assertEquals(1, history.session());
        assertEquals(3, history.sequence());
        assertEquals(11, history.track(0));
        assertEquals(10, history.track(1));
        assertEquals(0.5, history.time(1));
    }

    @Test
    void lastEndsTheSession() {
        listen(1, new Playback(10, 1));
        var ended = memory.update(1, listener -> {
            listener.history().end(new Playback(11, 0.2), now);
            return listener.history().copy();
        });
        assertEquals(1, ended.session());
        assertEquals(2, ended.sequence());
        var next = listen(1, new Playback(12, 1));
        assertEquals(2, next.session());
        assertEquals(1, next.sequence());
        assertEquals(1, next.size(), "the ended session's playbacks are removed");
    }

    @Test
    void silenceEndsTheSession() {
        listen(1, new Playback(10, 1));
        now += HALF_AN_HOUR.toMillis();
        assertEquals(1, listen(1, new Playback(11, 1)).session());
        now += HALF_AN_HOUR.toMillis() + 1;
        assertEquals(2, listen(1, new Playback(12, 1)).session());
    }

    @Test
    void requestWithoutPreviousTrackBeginsASession() {
        listen(1, new Playback(10, 1));
        var history = listen(1, null);
        assertEquals(2, history.session());
        assertEquals(0, history.size());
    }

    @Test
    void onlyTheLastPlaybacksOfASessionAreKept() {
        for (int track = 1; track <= 5; track++) {
            listen(1, new Playback(track, 1));
        }
        var history = listen(1, new Playback(6, 1));
        assertEquals(3, history.size());
        assertEquals(6, history.track(0));
        assertEquals(4, history.track(2));
        assertEquals(6, history.sequence());
        assertThrows(IndexOutOfBoundsException.class, () -> history.track(3));
    }

    @Test
    void recentListenersAreThoseWhoWereActiveLastWithCopiesOfTheirHistories() {
        for (long listener = 0; listener < 5; listener++) {
            listen(listener, new Playback(10, 0.5));
            now++;
        }
        listen(1, new Playback(11, 1));
        var recent = memory.recent(3);
        assertEquals(
                List.of(1L, 4L, 3L),
                recent.stream().map(ListeningMemory.Recent::listener).toList());
        assertEquals(now, recent.get(0).history().lastEventMillis());
        listen(1, new Playback(12, 1));
        assertEquals(11, recent.get(0).history().track(0));
        assertEquals(5, memory.recent(100).size());
    }

    @Test
    void theListenerWithTheLongestSilenceIsForgottenFirst() {
        for (long listener = 0; listener < 100; listener++) {
            listen(listener, new Playback(1, 1));
        }
        listen(0, new Playback(2, 1));
        listen(100, new Playback(1, 1));
        assertEquals(100, memory.size());
        assertEquals(2, memory.peek(0).size(), "seen again, so kept");
        assertEquals(0, memory.peek(1).size(), "silent longest, so forgotten");
    }

    @Test
    void forgottenListenersNeverReuseASessionNumber() {
        for (int session = 0; session < 4; session++) {
            listen(7, null);
        }
        for (long listener = 1000; listener < 1100; listener++) {
            listen(listener, new Playback(1, 1));
        }
        assertEquals(5, listen(7, new Playback(1, 1)).session());
    }

    @Test
    void peekChangesNothing() {
        listen(0, new Playback(1, 1));
        for (long listener = 1; listener < 100; listener++) {
            listen(listener, new Playback(1, 1));
        }
        var copy = memory.peek(0);
        copy.next(new Playback(5, 1), now);
        assertEquals(1, memory.peek(0).size());
        assertEquals(0, memory.peek(5000).sequence());
        assertEquals(100, memory.size());
        listen(100, new Playback(1, 1));
        assertEquals(0, memory.peek(0).size(), "peek does not count as a use");
    }

    @Test
    void failedActionsDoNotChangeTheHistory() {
        for (int track = 10; track < 13; track++) {
            listen(1, new Playback(track, 1));
        }
        fail(1, new Playback(13, 1));
        fail(1, null);
        var history = listen(1, new Playback(14, 1));
        assertEquals(1, history.session());
        assertEquals(4, history.sequence());
        assertEquals(
                List.of(14, 12, 11),
                IntStream.range(0, history.size()).mapToObj(history::track).toList());
    }

    @Test
    void failedActionsNeitherAddNorForgetListeners() {
        for (long listener = 0; listener < 100; listener++) {
            listen(listener, new Playback(1, 1));
        }
        fail(100, new Playback(1, 1));
        assertEquals(100, memory.size());
        assertEquals(1, memory.peek(0).size(), "silent longest, but kept");
        assertEquals(0, memory.peek(100).session());
    }

    private void fail(long listener, @Nullable Playback last) {
        assertThrows(
                IllegalStateException.class,
                () -> memory.update(listener, known -> {
                    known.history().next(last, now);
                    throw new IllegalStateException("a failing action");
                }));
    }

    @Test
    void anUpdateThatFailsChangesNothingHoweverManyPlaybacksItAdds() {
        var random = new Random(1);
        for (Duration recall : List.of(Duration.ZERO, Duration.ofDays(1))) {
            var listeners = new ListeningMemory<String>(new HistoryLimits(100, 5, HALF_AN_HOUR).recalling(recall));
            for (int update = 0; update < 2_000; update++) {
                int events = 1 + random.nextInt(8);
                boolean fails = update > 0 && random.nextBoolean();
                String before = state(listeners.peek(1));
                long start = now;
                Runnable change = () -> listeners.update(1, listener -> {
                    for (int event = 0; event < events; event++) {
                        change(listener.history(), random, start + event);
                    }
                    if (fails) {
                        throw new IllegalStateException("a failing action");
                    }
                    return "";
                });
                if (fails) {
                    assertThrows(IllegalStateException.class, change::run);
                    assertEquals(before, state(listeners.peek(1)));
                } else {
                    change.run();
                }
                now += 1000;
            }
        }
    }

    private static void change(ListeningHistory history, Random random, long millis) {
        var playback = new Playback(random.nextInt(1000), random.nextDouble());
        switch (random.nextInt(10)) {
            case 0 -> history.end(playback, millis);
            case 1 -> history.next(null, millis);
            default -> history.next(playback, millis);
        }
    }

    private static String state(ListeningHistory history) {
        var state = new StringBuilder(history.session() + " " + history.sequence() + " " + history.lastEventMillis());
        for (int back = 0; back < history.size(); back++) {
            state.append(" ").append(history.track(back)).append(":").append(history.time(back));
        }
        history.forEachTrackWithin(
                Duration.ofDays(1), track -> state.append(" ").append(track));
        return state.toString();
    }

    @Test
    void restoredHistoryContinuesWhereTheLogEnded() {
        memory.update(1, listener -> {
            listener.history().restore(4, 1, null, false, now);
            listener.history().restore(4, 2, new Playback(10, 0.5), false, now);
            return null;
        });
        var history = listen(1, new Playback(11, 1));
        assertEquals(4, history.session());
        assertEquals(3, history.sequence());
        assertEquals(10, history.track(1));
    }

    @Test
    void repeatedEventsAreRestoredOnce() {
        memory.update(1, listener -> {
            for (int time = 0; time < 2; time++) {
                listener.history().restore(4, 1, null, false, now);
                listener.history().restore(4, 2, new Playback(10, 0.5), false, now);
                listener.history().restore(4, 3, new Playback(11, 0.5), true, now);
            }
            return null;
        });
        var restored = memory.peek(1);
        assertEquals(4, restored.session());
        assertEquals(3, restored.sequence());
        assertEquals(2, restored.size());
        assertEquals(5, listen(1, new Playback(12, 1)).session());
    }

    @Test
    void restoredLastEndsTheSession() {
        memory.update(1, listener -> {
            listener.history().restore(4, 9, new Playback(10, 0.5), true, now);
            return null;
        });
        assertEquals(5, listen(1, new Playback(11, 1)).session());
    }

    @Test
    void logsWithoutSessionsAreSplitLikeRequests() {
        memory.update(1, listener -> {
            listener.history().restore(0, 0, new Playback(10, 1), false, now);
            listener.history().restore(0, 0, new Playback(11, 1), true, now + 1);
            listener.history().restore(0, 0, new Playback(12, 1), false, now + 2);
            return null;
        });
        var history = memory.peek(1);
        assertEquals(2, history.session());
        assertEquals(1, history.sequence());
    }

    @Test
    void onlyTheLatestResponsesAreRemembered() {
        memory.update(1, listener -> {
            for (int i = 0; i < 17; i++) {
                listener.remember("r" + i, "response " + i);
            }
            assertNull(listener.responseTo("r0"));
            assertEquals("response 16", listener.responseTo("r16"));
            return null;
        });
    }

    @Test
    void invalidPlaybacksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Playback(-1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Playback(1, 1.01));
        assertThrows(IllegalArgumentException.class, () -> new Playback(1, Double.NaN));
    }

    private ListeningHistory listen(long listener, @Nullable Playback last) {
        return memory.update(listener, known -> {
            known.history().next(last, now);
            return known.history().copy();
        });
    }
}
