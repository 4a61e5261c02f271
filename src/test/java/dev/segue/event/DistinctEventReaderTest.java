package dev.segue.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.segue.id.ListenerId;
import dev.segue.play.Arms;
import dev.segue.play.Event;
import dev.segue.play.Event.Message;
import dev.segue.play.Playback;
import dev.segue.play.Recommendation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DistinctEventReaderTest {

    private static Event event(long listener, long timestamp, long session, int sequence, double latency) {
        return new Event(
                Message.NEXT,
                timestamp,
                ListenerId.of(listener),
                new Playback(1, 0.5),
                latency,
                Recommendation.ofUnknownOrigin(2),
                Arms.of("E", "C"),
                session,
                sequence,
                null,
                null,
                List.of());
    }

    @Test
    void adjacentNumbersHaveDifferentFingerprints() {
        Set<Long> fingerprints = new HashSet<>();
        int events = 0;
        for (int listener = 0; listener < 16; listener++) {
            for (int timestamp = 0; timestamp < 16; timestamp++) {
                for (int session = 1; session < 16; session++) {
                    for (int sequence = 1; sequence < 16; sequence++) {
                        fingerprints.add(
                                DistinctEventReader.fingerprint(event(listener, timestamp, session, sequence, 0)));
                        events++;
                    }
                }
            }
        }
        assertEquals(events, fingerprints.size());
    }

    @Test
    void segueEventsAreIdentifiedByNumbersAndBotifyEventsByAllFields() {
        assertEquals(
                DistinctEventReader.fingerprint(event(1, 2, 3, 4, 0.1)),
                DistinctEventReader.fingerprint(event(1, 2, 3, 4, 0.2)));
        assertNotEquals(
                DistinctEventReader.fingerprint(event(1, 2, 0, 0, 0.1)),
                DistinctEventReader.fingerprint(event(1, 2, 0, 0, 0.2)));
        assertNotEquals(
                DistinctEventReader.fingerprint(event(1, 2, 3, 4, 0.1)),
                DistinctEventReader.fingerprint(event(1, 5, 3, 4, 0.1)),
                "numbers restart after a history was lost");
    }

    @Test
    void memoryIsBoundedAndLatestEventsAreKept() {
        var fingerprints = new Fingerprints(1_000);
        for (long fingerprint = 0; fingerprint < 100_000; fingerprint++) {
            assertTrue(fingerprints.add(fingerprint * 0x9e3779b97f4a7c15L));
            if (fingerprint >= 1_000) {
                assertFalse(fingerprints.add((fingerprint - 1_000) * 0x9e3779b97f4a7c15L), "1,000 events ago");
            }
        }
        assertTrue(fingerprints.add(0x9e3779b97f4a7c15L), "an old fingerprint is dropped");
    }
}
