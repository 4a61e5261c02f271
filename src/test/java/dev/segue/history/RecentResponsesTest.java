package dev.segue.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Responses to request ids are remembered within a limit of bytes. */
class RecentResponsesTest {

    private static final int MAX_BYTES = 100_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final ListeningMemory<String> memory =
            new ListeningMemory<>(new HistoryLimits(1000, 3, TIMEOUT, MAX_BYTES), String::length);

    private void remember(long listener, String requestId, String response) {
        memory.update(listener, of -> {
            of.remember(requestId, response);
            return response;
        });
    }

    private @Nullable String responseTo(long listener, String requestId) {
        return memory.update(listener, of -> of.responseTo(requestId));
    }

    @Test
    void responsesOfAllListenersStayWithinTheLimitAndTheOldestAreForgotten() {
        String large = "x".repeat(10_000);
        for (int listener = 0; listener < 500; listener++) {
            remember(listener, "id", large);
            assertTrue(memory.responseBytes() <= MAX_BYTES, () -> memory.responseBytes() + " bytes");
        }
        assertNull(responseTo(0, "id"));
        assertEquals(large, responseTo(499, "id"));
        assertEquals(large, responseTo(491, "id"), "there is room for nine of them");
    }

    @Test
    void responsesOfOneListenerStayWithinTheLimit() {
        for (int i = 0; i < 100_000; i++) {
            remember(1, "id" + i, "response");
        }
        assertTrue(memory.responseBytes() <= MAX_BYTES, () -> memory.responseBytes() + " bytes");
        assertNull(responseTo(1, "id99983"));
        for (int i = 99_984; i < 100_000; i++) {
            assertEquals("response", responseTo(1, "id" + i), "the last 16");
        }
    }

    @Test
    void tooLargeResponsesAreNotRemembered() {
        remember(1, "id", "x".repeat(MAX_BYTES));
        assertNull(responseTo(1, "id"));
        remember(1, "id", "small");
        assertEquals("small", responseTo(1, "id"));
    }

    @Test
    void forgottenListenersTakeNoMemory() {
        for (int listener = 0; listener < 200_000; listener++) {
            remember(listener, "id", "response");
        }
        for (int listener = 200_000; listener < 201_000; listener++) {
            int last = listener;
            memory.update(last, of -> last); // forgets the earlier listeners
        }
        remember(0, "id", "response");
        assertTrue(memory.responseBytes() <= MAX_BYTES, () -> memory.responseBytes() + " bytes");
        assertEquals("response", responseTo(0, "id"));
    }

    /** Puts responses of random sizes and forgets random listeners. */
    @Test
    void theNewestResponsesAreRemembered() {
        var random = new Random(7);
        var responses = new RecentResponses<String>(5_000, String::length);
        var listeners = new RecentResponses.OfListener<?>[5];
        for (int i = 0; i < listeners.length; i++) {
            listeners[i] = new RecentResponses.OfListener<String>();
        }
        Deque<String> newest = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            int which = random.nextInt(random.nextBoolean() ? 5 : 1);
            @SuppressWarnings("unchecked")
            var listener = (RecentResponses.OfListener<String>) listeners[which];
            if (random.nextInt(100) == 0) {
                responses.forget(listener);
            }
            responses.put(listener, "id" + i, "x".repeat(random.nextInt(300)));
            newest.addLast(which + "/id" + i);
            assertTrue(responses.bytes() >= 0 && responses.bytes() <= 5_000, "at " + i + ": " + responses.bytes());
            assertTrue(listener.get("id" + i) != null, "the newest is remembered, at " + i);
        }
        long kept = newest.stream()
                .filter(name -> listeners[name.charAt(0) - '0'].get(name.substring(2)) != null)
                .count();
        assertTrue(kept >= 5_000 / (300 + 160 + 14), kept + " are kept");
    }
}
